/** Refusals about the archive and retention. */
export const archiveProblems = {
  'retention.changed-meanwhile': {
    status: 409,
    vi: 'Thời hạn lưu giữ đã được người khác thay đổi, hãy xem lại bản mới',
    en: 'Another version of the retention policy came first; look at it again',
  },
} as const
