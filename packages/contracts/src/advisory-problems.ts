/** Ways in which something about an advisory is refused. */
export const advisoryProblems = {
  'advisory.not-found': { status: 404, vi: 'Không có cảnh báo này', en: 'No such advisory' },
  'advisory.not-yours': {
    status: 403,
    vi: 'Việc này thuộc về tổ chức khác',
    en: 'This belongs to another organisation',
  },
  'advisory.no-addressees': {
    status: 400,
    vi: 'Chưa có nơi nhận: hãy chọn ít nhất một đơn vị',
    en: 'There are no addressees; choose at least one organisation',
  },
  'advisory.due-missing': {
    status: 400,
    vi: 'Cảnh báo riêng cần trả lời: hãy đặt hạn trả lời',
    en: 'A warning expects an answer; set by when',
  },
  'advisory.due-past': {
    status: 400,
    vi: 'Hạn trả lời phải ở tương lai',
    en: 'The time to answer must lie in the future',
  },
  'advisory.indicator-invalid': {
    status: 400,
    vi: 'Có dấu hiệu không đúng dạng địa chỉ, tên miền, URL, mã băm hay thư điện tử',
    en: 'An indicator is no address, domain, URL, hash or e-mail address',
  },
  'advisory.kind-fixed': {
    status: 409,
    vi: 'Cảnh báo đã phát hành thì không đổi loại được',
    en: 'What was published keeps its kind',
  },
  'advisory.change-note-missing': {
    status: 400,
    vi: 'Hãy ghi bản mới đổi gì, để nơi nhận biết',
    en: 'Say what the new version changes, so that addressees know',
  },
  'advisory.addressee-dropped': {
    status: 400,
    vi: 'Đơn vị đã nhận bản trước phải có trong nơi nhận của bản mới',
    en: 'Whoever was told an earlier version must be told the new one',
  },
  'advisory.draft-open': {
    status: 409,
    vi: 'Bản mới của cảnh báo này đang được soạn',
    en: 'A new version of this advisory is being written already',
  },
  'advisory.illegal-stage': {
    status: 409,
    vi: 'Dự thảo đang ở bước khác',
    en: 'The draft stands at another stage',
  },
  'advisory.illegal-step': {
    status: 409,
    vi: 'Đơn vị này chưa trả lời, chưa có gì để xác nhận',
    en: 'This addressee has not answered; there is nothing to judge yet',
  },
  'advisory.moved-on': {
    status: 409,
    vi: 'Có người vừa sửa dự thảo, hãy xem lại rồi quyết định',
    en: 'Somebody has just changed the draft; look again, then decide',
  },
  'advisory.own': {
    status: 403,
    vi: 'Người soạn không tự duyệt: hãy nhờ người khác',
    en: 'Who wrote it cannot approve it; ask somebody else',
  },
  'advisory.reason-required': { status: 400, vi: 'Cần nêu lý do', en: 'A reason is required' },
  'advisory.note-required': {
    status: 400,
    vi: 'Hãy nêu cần hỗ trợ gì',
    en: 'Say what help is needed',
  },
  'advisory.unchanged': {
    status: 400,
    vi: 'Bản mới không khác bản đang hiệu lực, nên không báo lại cho ai',
    en: 'The new version does not differ from the one in force, so nobody is told',
  },
  'advisory.replaced': {
    status: 409,
    vi: 'Cảnh báo đã có bản mới: hãy đọc bản mới rồi trả lời',
    en: 'There is a newer version: read that, then answer',
  },
  'advisory.answered': {
    status: 409,
    vi: 'Đơn vị đã trả lời xong. Muốn đổi câu trả lời, hãy đăng nhập cổng hoặc gọi cơ quan cảnh báo',
    en: 'Your organisation has answered already. To change that, sign in or call the issuer',
  },
  'advisory.link-unknown': {
    status: 404,
    vi: 'Liên kết trả lời không đúng. Hãy mở lại liên kết trong thư mới nhất, hoặc gọi cơ quan cảnh báo',
    en: 'This is no link of ours. Open the one in the newest mail again, or call the issuer',
  },
  'advisory.link-expired': {
    status: 410,
    vi: 'Liên kết trả lời đã hết hạn. Hãy đăng nhập cổng, hoặc gọi cơ quan cảnh báo',
    en: 'The link has expired. Sign in to the portal, or call the issuer',
  },
  'advisory.link-used-up': {
    status: 429,
    vi: 'Liên kết này đã được dùng quá nhiều lần. Hãy đăng nhập cổng để trả lời tiếp',
    en: 'This link was used too often. Sign in to the portal to go on',
  },
  'advisory.sign-in-required': {
    status: 403,
    vi: 'Nội dung ở mức TLP này chỉ xem được sau khi đăng nhập',
    en: 'What has this TLP is shown after signing in only',
  },
  'advisory.no-website': {
    status: 409,
    vi: 'Tài liệu CSAF cần địa chỉ trang web của tổ chức phát hành: hãy nhập ở hồ sơ tổ chức',
    en: 'A CSAF document names the website of its publisher; enter it with the organisation',
  },
  'advisory.cancelled': {
    status: 409,
    vi: 'Cảnh báo đã bị hủy, không cần trả lời nữa',
    en: 'The advisory was cancelled; no answer is needed any more',
  },
} as const
