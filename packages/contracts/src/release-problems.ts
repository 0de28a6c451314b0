/** Refusals about what leaves a station. */
export const releaseProblems = {
  'release.changed-meanwhile': {
    status: 409,
    vi: 'Chính sách phát hành đã được người khác thay đổi, hãy xem lại bản mới',
    en: 'Another version of the release policy came first; look at it again',
  },
  'release.unreadable': {
    status: 400,
    vi: 'Chính sách phát hành không đọc được',
    en: 'The release policy cannot be read',
  },
  'monitoring.source-unknown': {
    status: 404,
    vi: 'Trạm không có nguồn này',
    en: 'The station has no such source',
  },
} as const
