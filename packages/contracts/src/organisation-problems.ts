/** Refusals about organisations, their contact points, membership, requests and groups. */
export const organisationProblems = {
  'organisation.not-found': { status: 404, vi: 'Không có tổ chức này', en: 'No such organisation' },
  'organisation.code-taken': {
    status: 409,
    vi: 'Mã định danh đã có tổ chức khác dùng',
    en: 'Another organisation has this code',
  },
  'organisation.circular': {
    status: 409,
    vi: 'Tổ chức không thể trực thuộc chính nó hoặc tổ chức cấp dưới của nó',
    en: 'An organisation cannot be under itself or under one below it',
  },
  'organisation.too-deep': {
    status: 409,
    vi: 'Cây tổ chức sâu quá mức cho phép',
    en: 'The tree of organisations would be too deep',
  },
  'tie.not-found': { status: 404, vi: 'Không có quan hệ này', en: 'No such tie' },
  'tie.overlaps': {
    status: 409,
    vi: 'Trong thời gian đó đã có quan hệ khác, hãy kết thúc nó trước',
    en: 'Another tie holds in that time; end it first',
  },
  'expert.not-found': { status: 404, vi: 'Không có chuyên gia này', en: 'No such expert' },
  'expert.too-many': {
    status: 409,
    vi: 'Một tổ chức có nhiều nhất 1.000 chuyên gia, hãy xóa bớt người không còn tham gia',
    en: 'An organisation has at most 1,000 experts; remove those who no longer take part',
  },
  'contact.not-found': { status: 404, vi: 'Không có đầu mối này', en: 'No such contact point' },
  'contact.key-invalid': {
    status: 400,
    vi: 'Khóa OpenPGP không dùng được',
    en: 'The OpenPGP key cannot be used',
  },
  'contact.link-spent': {
    status: 404,
    vi: 'Liên kết xác nhận sai, hết hạn hoặc đã dùng',
    en: 'The verification link is wrong, expired or used',
  },
  'membership.illegal-act': {
    status: 409,
    vi: 'Việc này không làm được ở tình trạng thành viên hiện tại',
    en: 'This is not possible in the present state of the membership',
  },
  'organisation-request.not-found': {
    status: 404,
    vi: 'Không có đề nghị này',
    en: 'No such request',
  },
  'organisation-request.decided': {
    status: 409,
    vi: 'Đề nghị này đã được quyết định',
    en: 'This request has been decided',
  },
  'organisation-request.own': {
    status: 403,
    vi: 'Người đề nghị không tự quyết định đề nghị của mình',
    en: 'Who asked does not decide',
  },
  'group.not-found': { status: 404, vi: 'Không có nhóm chia sẻ này', en: 'No such sharing group' },
  'group.name-taken': {
    status: 409,
    vi: 'Đã có nhóm chia sẻ mang tên này',
    en: 'A sharing group has this name',
  },
  'audience.owner-only': {
    status: 403,
    vi: 'Chỉ tổ chức sở hữu và nút mới biết ai được chia sẻ',
    en: 'Only the owner of a thing and the node know whom else it is told',
  },
  'group.members-only': {
    status: 409,
    vi: 'Chỉ thành viên đang hoạt động của mạng lưới mới vào nhóm chia sẻ',
    en: 'Only active members of the network join sharing groups',
  },
} as const
