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
} as const
