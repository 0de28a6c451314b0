/** Refusals about signing in: factors, passkeys, sessions, links. */
export const accessProblems = {
  'session.factor-required': {
    status: 401,
    vi: 'Cần bước xác thực thứ hai',
    en: 'A second factor is required',
  },
  'session.factor-wrong': {
    status: 401,
    vi: 'Mã xác thực sai hoặc đã dùng, hãy chờ mã mới rồi thử lại',
    en: 'The code is wrong or was used already; wait for the next one and try again',
  },
  'session.stale': {
    status: 403,
    vi: 'Đăng nhập đã lâu, hãy nhập lại mật khẩu',
    en: 'It is some time since sign-in; enter the password again',
  },
  'session.not-found': { status: 404, vi: 'Không có phiên này', en: 'No such session' },
  'factor.exists': {
    status: 409,
    vi: 'Đã có ứng dụng xác thực, hãy gỡ nó trước',
    en: 'There is an authenticator already; remove it first',
  },
  'factor.not-found': {
    status: 404,
    vi: 'Chưa có ứng dụng xác thực',
    en: 'There is no authenticator yet',
  },
  'factor.needed': {
    status: 409,
    vi: 'Vai trò của bạn cần yếu tố thứ hai, hãy thêm cách khác trước khi gỡ',
    en: 'Your role needs a second factor; add another before you remove this one',
  },
  'passkey.refused': {
    status: 401,
    vi: 'Khóa truy cập không được chấp nhận',
    en: 'The passkey is not accepted',
  },
  'passkey.not-found': { status: 404, vi: 'Không có khóa truy cập này', en: 'No such passkey' },
  'key.scope-missing': {
    status: 403,
    vi: 'Khóa API này không được cấp quyền ấy',
    en: 'The scope of this API key leaves that permission out',
  },
  'key.scope-beyond-role': {
    status: 400,
    vi: 'Khóa API không được cấp quyền mà vai trò của nó không có',
    en: 'An API key cannot have a permission its role lacks',
  },
  'key.expired': {
    status: 401,
    vi: 'Khóa API đã hết hạn, hãy tạo khóa mới',
    en: 'The API key has expired; create a new one',
  },
  'key.expires-early': {
    status: 400,
    vi: 'Ngày hết hạn của khóa API đã qua, hãy chọn một lúc sau này',
    en: 'The API key would have expired already; choose a later time',
  },
  'key.address-refused': {
    status: 403,
    vi: 'Khóa API này không được dùng từ địa chỉ ấy',
    en: 'The API key may not be used from this address',
  },
  'service-account.not-found': {
    status: 404,
    vi: 'Không có tài khoản dịch vụ này',
    en: 'No such service account',
  },
  'service-account.name-taken': {
    status: 409,
    vi: 'Tổ chức đã có tài khoản dịch vụ tên này, hãy đặt tên khác',
    en: 'The organisation has a service account of this name already; choose another',
  },
  'service-account.owner-unfit': {
    status: 400,
    vi: 'Người chịu trách nhiệm phải thuộc tổ chức ấy và tài khoản chưa bị khóa, hãy chọn người khác',
    en: 'The owner must be of that organisation and not disabled; choose somebody else',
  },
  'service-account.disabled': {
    status: 409,
    vi: 'Tài khoản dịch vụ đã khóa, hãy mở lại trước khi tạo khóa',
    en: 'The service account is disabled; enable it before you create a key',
  },
  'service-account.ownerless': {
    status: 409,
    vi: 'Không còn ai chịu trách nhiệm cho tài khoản dịch vụ, hãy chọn người mới trước khi tạo khóa',
    en: 'Nobody answers for the service account any more; name an owner before you create a key',
  },
  'service-account.other': {
    status: 400,
    vi: 'Khóa của tài khoản dịch vụ phải cùng tổ chức và vai trò với tài khoản ấy',
    en: 'A key of a service account is of its organisation and role; name the same',
  },
  'password.own': {
    status: 403,
    vi: 'Đổi mật khẩu của chính mình ở Cài đặt của tôi, với mật khẩu hiện tại',
    en: 'Change your own password in My settings, with the current one',
  },
  'password.common': {
    status: 400,
    vi: 'Mật khẩu này nhiều người dùng nên dễ đoán, hãy ghép vài từ không liên quan thành một câu dài',
    en: 'Many use this password, so it is guessed early; join a few unrelated words to a long sentence',
  },
  'password.repeated': {
    status: 400,
    vi: 'Mật khẩu chỉ lặp lại vài ký tự, hãy ghép vài từ không liên quan thành một câu dài',
    en: 'The password repeats a few characters; join a few unrelated words to a long sentence',
  },
  'password.personal': {
    status: 400,
    vi: 'Mật khẩu là tên người, thư điện tử, tổ chức hoặc hệ thống, hãy bỏ phần ấy và thêm vài từ khác',
    en: 'The password is a name, e-mail, organisation or this system’s name; leave that out and add other words',
  },
  'access-link.wrong': {
    status: 403,
    vi: 'Liên kết sai, hết hạn hoặc đã dùng, hãy xin quản trị viên liên kết mới',
    en: 'The link is wrong, expired or used; ask the administrator for a new one',
  },
  'invitation.not-found': { status: 404, vi: 'Không có lời mời này', en: 'No such invitation' },
  'recovery.own': {
    status: 403,
    vi: 'Không tự tạo liên kết khôi phục cho mình được, hãy nhờ người khác',
    en: 'Nobody makes a recovery link for themselves; ask somebody else',
  },
  'passkey.too-many': {
    status: 409,
    vi: 'Đã đủ số khóa truy cập, hãy gỡ bớt',
    en: 'There are enough passkeys; remove one first',
  },
} as const
