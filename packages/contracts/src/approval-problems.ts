/** Refusals about acts that need a second person. */
export const approvalProblems = {
  'approval.required': {
    status: 403,
    vi: 'Việc này cần người thứ hai chấp thuận: hãy gửi đề nghị ở trang Phê duyệt',
    en: 'A second person must approve this: ask for it on the page Approvals',
  },
  'approval.not-found': { status: 404, vi: 'Không có đề nghị này', en: 'No such request' },
  'approval.own': {
    status: 403,
    vi: 'Người đề nghị, hoặc người tạo khóa đã đề nghị, không tự quyết định',
    en: 'Who asked, or made the key that asked, does not decide',
  },
  'approval.not-yours': {
    status: 403,
    vi: 'Chỉ người đề nghị mới rút được đề nghị',
    en: 'Only who asked takes a request back',
  },
  'approval.person-needed': {
    status: 403,
    vi: 'Chỉ người đăng nhập mới quyết định được, khóa API thì không',
    en: 'Only a person who is signed in decides; a key does not',
  },
  'approval.closed': {
    status: 409,
    vi: 'Đề nghị này đã được quyết định, rút lại hoặc hết hạn',
    en: 'This request was decided, withdrawn or has expired',
  },
  'approval.changed': {
    status: 409,
    vi: 'Nội dung không còn như lúc đề nghị, hãy xem lại và đề nghị lại',
    en: 'It is no longer what was asked for; look again and ask anew',
  },
  'approval.asker-gone': {
    status: 409,
    vi: 'Người đề nghị không còn quyền làm việc này',
    en: 'Who asked may no longer do this',
  },
  'approval.not-usable': {
    status: 403,
    vi: 'Phê duyệt này không dùng cho việc này: khác người, khác nội dung, chưa duyệt, đã dùng hoặc hết hạn',
    en: 'This approval does not serve here: another person, other content, not approved, used or expired',
  },
} as const
