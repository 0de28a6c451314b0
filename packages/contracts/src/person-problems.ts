/** Refusals about people and the records of them. */
export const personProblems = {
  'person.not-found': { status: 404, vi: 'Không có người dùng này', en: 'No such person' },
  'person.email-taken': {
    status: 409,
    vi: 'Thư điện tử này đã có người dùng',
    en: 'This e-mail is already in use',
  },
  'person.last-administrator': {
    status: 409,
    vi: 'Phải còn ít nhất một quản trị viên',
    en: 'At least one administrator must remain',
  },
  'person.still-enabled': {
    status: 409,
    vi: 'Chỉ xóa được dữ liệu của tài khoản đã khóa: hãy khóa tài khoản trước',
    en: 'Only the data of a disabled account can be removed: disable it first',
  },
  'person.answers-for': {
    status: 409,
    vi: 'Người này chịu trách nhiệm cho tài khoản dịch vụ: chọn người thay, hoặc khóa luôn các tài khoản ấy',
    en: 'This person answers for service accounts: name who takes them over, or disable them too',
  },
  'person.own-redaction': {
    status: 403,
    vi: 'Không tự xóa dữ liệu của chính mình: nhờ quản trị viên khác',
    en: 'One does not remove one’s own data: ask another administrator',
  },
  'person.redacted': {
    status: 409,
    vi: 'Dữ liệu cá nhân của tài khoản này đã bị xóa: không sửa, không mở lại được, hãy tạo tài khoản mới',
    en: 'The personal data of this account was removed: it cannot be changed or enabled; make a new one',
  },
  'personal-retention.changed-meanwhile': {
    status: 409,
    vi: 'Thời hạn vừa được người khác thay đổi: tải lại rồi sửa tiếp',
    en: 'Somebody changed the periods meanwhile: reload, then change again',
  },
} as const
