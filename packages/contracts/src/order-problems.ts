/** Ways in which something about an order is refused. */
export const orderProblems = {
  'order.not-found': { status: 404, vi: 'Không có lệnh này', en: 'No such order' },
  'order.illegal-step': {
    status: 409,
    vi: 'Bước này không hợp lệ ở trạng thái hiện tại',
    en: 'This step is not possible now',
  },
  'order.not-yours': {
    status: 403,
    vi: 'Bước này thuộc về tổ chức khác',
    en: 'This step belongs to another organisation',
  },
  'order.reason-required': { status: 400, vi: 'Cần nêu lý do', en: 'A reason is required' },
  'order.result-required': {
    status: 400,
    vi: 'Cần kết quả cho từng yêu cầu',
    en: 'Each required action needs a result',
  },
  'order.due-past': {
    status: 400,
    vi: 'Thời hạn phải ở tương lai',
    en: 'The due time must lie in the future',
  },
  'order.withdrawn': {
    status: 409,
    vi: 'Lệnh đã được thu hồi, không cần trả lời nữa',
    en: 'The order was withdrawn; no answer is needed any more',
  },
  'order.closed': { status: 409, vi: 'Lệnh đã đóng', en: 'The order is closed' },
  'order.replaced': {
    status: 409,
    vi: 'Lệnh đã được thay bằng bản mới: hãy đọc bản mới rồi trả lời',
    en: 'The order was replaced by a newer version: read that, then answer',
  },
  'order.moved-on': {
    status: 409,
    vi: 'Có người vừa ghi bước khác cho đơn vị này, hãy xem lại rồi quyết định',
    en: 'Somebody has just written another step for this addressee; look again, then decide',
  },
  'order.unchanged': {
    status: 400,
    vi: 'Bản mới không khác bản đang hiệu lực',
    en: 'The new version does not differ from the one in force',
  },
  'order.link-unknown': {
    status: 404,
    vi: 'Liên kết trả lời không đúng. Hãy mở lại liên kết trong thư mới nhất, hoặc gọi cơ quan giao lệnh',
    en: 'This is no link of ours. Open the one in the newest mail again, or call the issuer',
  },
  'order.link-expired': {
    status: 410,
    vi: 'Liên kết trả lời đã hết hạn. Hãy đăng nhập cổng, hoặc gọi cơ quan giao lệnh để nhận liên kết mới',
    en: 'The link has expired. Sign in to the portal, or call the issuer for another',
  },
  'order.link-used-up': {
    status: 429,
    vi: 'Liên kết này đã được dùng quá nhiều lần. Hãy đăng nhập cổng để trả lời tiếp',
    en: 'This link was used too often. Sign in to the portal to go on',
  },
  'order.sign-in-required': {
    status: 403,
    vi: 'Nội dung ở mức TLP này chỉ xem được sau khi đăng nhập',
    en: 'What has this TLP is shown after signing in only',
  },
  'order.indicator-invalid': {
    status: 400,
    vi: 'Có dấu hiệu không đúng dạng',
    en: 'An indicator is not of the form its action needs',
  },
  'order.basis-ended': {
    status: 409,
    vi: 'Có căn cứ không còn hiệu lực vào ngày ban hành',
    en: 'A legal basis is not in force on the day of issue',
  },
  'order.action-not-found': {
    status: 404,
    vi: 'Lệnh không có yêu cầu này',
    en: 'The order has no such action',
  },
} as const
