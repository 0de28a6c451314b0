/** Refusals about mails that came in, and about the keys of mails. */
export const mailProblems = {
  'mail.not-found': { status: 404, vi: 'Không có thư này', en: 'No such mail' },
  'mail.settled': {
    status: 409,
    vi: 'Thư này đã được xếp hoặc bỏ qua',
    en: 'The mail is filed or dismissed already',
  },
  'mail.object-not-found': {
    status: 404,
    vi: 'Không có lệnh, sự cố hoặc tin báo này',
    en: 'No such order, incident or incident report',
  },
  'mail.sender-unknown': {
    status: 409,
    vi: 'Đơn vị này không có đầu mối hay tài khoản nào dùng địa chỉ của người gửi',
    en: 'No contact point or account of this organisation has the sender’s address',
  },
  'mail.source-missing': {
    status: 409,
    vi: 'Bản gốc của thư quá lớn nên không được giữ; xem trong hộp thư',
    en: 'The mail was too large to be kept; read it in the mailbox',
  },
  'mail-key.no-mail': {
    status: 409,
    vi: 'Nút chưa cấu hình máy chủ thư (mail.smtp), nên chưa có địa chỉ cho khóa',
    en: 'No mail server is configured (mail.smtp), so there is no address for a key',
  },
} as const
