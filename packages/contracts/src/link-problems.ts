/** Refusals about the keys a node and its neighbours know each other by. */
export const linkProblems = {
  'join.file-refused': {
    status: 400,
    vi: 'Tệp gia nhập này không dùng được',
    en: 'This join file cannot be used',
  },
  'join.no-answer': {
    status: 409,
    vi: 'Chưa có tệp trả lời cho trạm này',
    en: 'There is no answer file for this station',
  },
  'authority.moving': {
    status: 409,
    vi: 'Đang đổi cơ quan chứng thư, hãy kết thúc lần đổi này trước',
    en: 'The authority is being rotated: end this rotation first',
  },
  'authority.not-moving': {
    status: 409,
    vi: 'Không có lần đổi cơ quan chứng thư nào đang diễn ra',
    en: 'No rotation of the authority is under way',
  },
  'authority.stations-behind': {
    status: 409,
    vi: 'Còn trạm chưa chuyển sang cơ quan chứng thư mới',
    en: 'Some stations have not moved to the new authority',
  },
  'authority.key-missing': {
    status: 500,
    vi: 'Mất khóa của cơ quan chứng thư',
    en: 'The key of the authority is missing',
  },
  'station.not-found': { status: 404, vi: 'Không có trạm này', en: 'No such station' },
  'station.not-pending': {
    status: 409,
    vi: 'Trạm không ở trạng thái chờ duyệt',
    en: 'The station is not waiting for approval',
  },
  'station.not-accepted': {
    status: 409,
    vi: 'Trạm chưa được chấp nhận nên không có gì để thu hồi',
    en: 'The station was not accepted: there is nothing to revoke',
  },
  'join.code-wrong': {
    status: 403,
    vi: 'Mã kết nối sai, hết hạn hoặc đã dùng',
    en: 'The join code is wrong, expired or used',
  },
  'join.code-unreadable': {
    status: 400,
    vi: 'Mã kết nối không đọc được',
    en: 'The join code cannot be read',
  },
  'join.parent-mismatch': {
    status: 403,
    vi: 'Chứng thư của cấp trên không khớp mã kết nối',
    en: 'The parent’s certificate does not match the join code',
  },
  'join.parent-unreachable': {
    status: 502,
    vi: 'Không tới được cấp trên',
    en: 'The parent cannot be reached',
  },
  'join.already': {
    status: 409,
    vi: 'Nút này đã có cấp trên',
    en: 'This node already has a parent',
  },
  'join.request-invalid': {
    status: 400,
    vi: 'Yêu cầu cấp chứng thư không hợp lệ',
    en: 'The certificate request is not valid',
  },
  'link.certificate-required': {
    status: 401,
    vi: 'Cần chứng thư của trạm',
    en: 'A station certificate is required',
  },
  'link.certificate-refused': {
    status: 403,
    vi: 'Chứng thư bị thu hồi hoặc hết hạn',
    en: 'The certificate is revoked or expired',
  },
  'link.hole': {
    status: 409,
    vi: 'Thiếu số thứ tự trong luồng',
    en: 'Numbers are missing in the stream',
  },
  'link.batch-invalid': {
    status: 400,
    vi: 'Lô dữ liệu không hợp lệ',
    en: 'The batch is not valid',
  },
  'link.stream-unknown': { status: 404, vi: 'Không có luồng này', en: 'No such stream' },
} as const
