/** Refusals about backups and restoring them. */
export const backupProblems = {
  'backup.not-configured': {
    status: 409,
    vi: 'Nút này chưa được cấu hình sao lưu',
    en: 'No backup is configured on this node',
  },
  'backup.running': {
    status: 409,
    vi: 'Đang có một bản sao lưu được tạo',
    en: 'A backup is being made already',
  },
  'backup.not-found': { status: 404, vi: 'Không có bản sao lưu này', en: 'No such backup' },
  'backup.damaged': {
    status: 422,
    vi: 'Bản sao lưu bị hỏng hoặc đã bị sửa',
    en: 'The backup is damaged or was changed',
  },
  'backup.cannot-open': {
    status: 422,
    vi: 'Khóa hoặc mật khẩu không mở được bản sao lưu',
    en: 'The key or passphrase does not open the backup',
  },
  'backup.newer': {
    status: 409,
    vi: 'Bản sao lưu do phiên bản mới hơn tạo ra',
    en: 'A newer version made the backup',
  },
  'backup.before-upgrade': {
    status: 503,
    vi: 'Chưa nâng cấp được: không sao lưu được dữ liệu trước khi nâng cấp',
    en: 'Not upgraded: the records could not be saved before the upgrade',
  },
  'backup.not-empty': {
    status: 409,
    vi: 'Nơi khôi phục không trống',
    en: 'The place to restore to is not empty',
  },
} as const
