/** Refusals about configuring nodes over the link; part of `problems`. */
export const configurationProblems = {
  'configuration.refused': {
    status: 422,
    vi: 'Cấu hình từ cấp trên bị từ chối',
    en: 'The configuration of the parent is refused',
  },
  'configuration.version-not-found': {
    status: 404,
    vi: 'Không có phiên bản cấu hình này',
    en: 'No such version of the configuration',
  },
  'configuration.changed-meanwhile': {
    status: 409,
    vi: 'Cấu hình đã được người khác thay đổi, hãy xem lại bản mới',
    en: 'Another version of the configuration came first; look at it again',
  },
  'configuration.unchanged': {
    status: 409,
    vi: 'Cấu hình đang có hiệu lực đã đúng như vậy',
    en: 'The configuration in force says the same',
  },
} as const
