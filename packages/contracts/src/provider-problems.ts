/** Refusals about single sign-on. The sign-in page shows them too, by their code in its address. */
export const providerProblems = {
  'provider.not-found': {
    status: 404,
    vi: 'Không có nhà cung cấp đăng nhập này',
    en: 'No such sign-in provider',
  },
  'provider.exists': {
    status: 409,
    vi: 'Đã có nhà cung cấp đăng nhập với địa chỉ này',
    en: 'There is a sign-in provider with this issuer already',
  },
  'provider.organisation-missing': {
    status: 400,
    vi: 'Muốn tự tạo tài khoản thì cần chọn tổ chức và nhận người theo thư điện tử đã xác minh',
    en: 'To make accounts, choose an organisation and match people by verified e-mail',
  },
  'provider.values-missing': {
    status: 400,
    vi: 'Hãy ghi giá trị amr hoặc acr nào nói đã dùng hai yếu tố',
    en: 'Name the values of amr or acr that state two factors',
  },
  'provider.no-address': {
    status: 409,
    vi: 'Nút chưa có địa chỉ công khai, hãy đặt http.public_url rồi khởi động lại',
    en: 'The node has no public address yet; set http.public_url and restart',
  },
  'provider.other-address': {
    status: 409,
    vi: 'Hãy mở trang bằng địa chỉ công khai của nút rồi đăng nhập lại',
    en: 'Open the portal at the node’s public address and sign in again',
  },
  'provider.barred': {
    status: 502,
    vi: 'Địa chỉ của nhà cung cấp nằm trong mạng riêng; quản trị viên phải cho phép trước',
    en: 'The provider’s address is a private one; an administrator must allow that first',
  },
  'provider.unreachable': {
    status: 502,
    vi: 'Không tới được nhà cung cấp đăng nhập, hãy thử lại sau hoặc dùng mật khẩu',
    en: 'The sign-in provider cannot be reached; try later or use the password',
  },
  'provider.time': {
    status: 502,
    vi: 'Giờ của nút và của nhà cung cấp lệch nhau, hãy báo quản trị viên',
    en: 'The clocks of this node and of the provider disagree; tell an administrator',
  },
  'provider.untrusted': {
    status: 502,
    vi: 'Câu trả lời của nhà cung cấp không đúng như thỏa thuận nên không được tin',
    en: 'The provider’s answer is not what was agreed, so it is not trusted',
  },
  'provider.declined': {
    status: 403,
    vi: 'Nhà cung cấp không cho đăng nhập, hoặc bạn đã thôi giữa chừng',
    en: 'The provider refused the sign-in, or you stopped it',
  },
  'provider.expired': {
    status: 403,
    vi: 'Lần đăng nhập này đã hết hạn, đã dùng hoặc bắt đầu ở trình duyệt khác, hãy bắt đầu lại',
    en: 'This sign-in expired, was used, or began in another browser; begin again',
  },
  'provider.no-account': {
    status: 403,
    vi: 'Chưa có tài khoản nào ở đây gắn với người này, hãy đăng nhập bằng mật khẩu rồi liên kết, hoặc hỏi quản trị viên',
    en: 'No account here belongs to this person; sign in with the password and link it, or ask an administrator',
  },
  'provider.email-unverified': {
    status: 403,
    vi: 'Nhà cung cấp chưa xác minh thư điện tử của bạn nên không nhận ra tài khoản',
    en: 'The provider has not verified your e-mail, so no account is recognised by it',
  },
  'provider.domain': {
    status: 403,
    vi: 'Tên miền thư điện tử của bạn không được phép đăng nhập bằng nhà cung cấp này',
    en: 'The domain of your e-mail may not sign in with this provider',
  },
  'identity.taken': {
    status: 409,
    vi: 'Người này ở nhà cung cấp đã liên kết với tài khoản khác, hoặc tài khoản đã liên kết với người khác',
    en: 'Who you are at the provider is linked to another account, or the account to somebody else there',
  },
  'identity.not-found': { status: 404, vi: 'Không có liên kết này', en: 'No such link' },
  'identity.own': {
    status: 403,
    vi: 'Bỏ liên kết của chính mình ở Cài đặt của tôi',
    en: 'Unlink your own account in My settings',
  },
  'identity.person-needed': {
    status: 403,
    vi: 'Chỉ người đăng nhập mới bỏ liên kết được, khóa API thì không',
    en: 'Only a person who is signed in unlinks an account; a key does not',
  },
  'identity.last': {
    status: 409,
    vi: 'Đây là cách đăng nhập duy nhất, hãy thêm khóa truy cập hoặc xin liên kết đặt mật khẩu trước khi gỡ',
    en: 'It is the only way to sign in; add a passkey or ask for a link to set a password first',
  },
} as const
