import { backupProblems } from './backup-problems.ts'
import { blobProblems } from './blob-problems.ts'

/** Refusals about what is kept: the archive, retention, files, backups. */
export const archiveProblems = {
  'retention.changed-meanwhile': {
    status: 409,
    vi: 'Thời hạn lưu giữ đã được người khác thay đổi, hãy xem lại bản mới',
    en: 'Another version of the retention policy came first; look at it again',
  },
  ...blobProblems,
  ...backupProblems,
} as const
