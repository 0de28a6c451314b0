/** Ways in which something about an effort sheet is refused. */
export const effortProblems = {
  'effort.not-found': { status: 404, vi: 'Không có bảng kê này', en: 'No such effort sheet' },
  'effort.not-yours': {
    status: 403,
    vi: 'Việc này thuộc về tổ chức khác',
    en: 'This belongs to another organisation',
  },
  'effort.no-addressee': {
    status: 403,
    vi: 'Chỉ đơn vị được giao thực hiện lệnh mới lập bảng kê cho lệnh đó',
    en: 'Only an organisation the order asks to act claims effort for it',
  },
  'effort.exists': {
    status: 409,
    vi: 'Tổ chức đã có bảng kê cho lệnh này',
    en: 'The organisation has a sheet for this order already',
  },
  'effort.illegal-step': {
    status: 409,
    vi: 'Bảng kê đang ở bước khác',
    en: 'The sheet stands at another step',
  },
  'effort.moved-on': {
    status: 409,
    vi: 'Có người vừa sửa bảng kê, hãy xem lại rồi quyết định',
    en: 'Somebody has just changed the sheet; look again, then decide',
  },
  'effort.own-check': {
    status: 403,
    vi: 'Người thẩm tra không tự duyệt: hãy nhờ người khác',
    en: 'Who checked a sheet cannot approve it; ask somebody else',
  },
  'effort.line-invalid': {
    status: 400,
    vi: 'Có dòng không đúng quy định về khối lượng, hao tổn',
    en: 'A line is not as the rules of effort have it',
  },
  'effort.over-link': {
    status: 409,
    vi: 'Lệnh đến từ nút khác: hãy lập bảng kê trên nút của cơ quan ban hành',
    en: 'The order came from another node; write the sheet on the issuer’s node',
  },
} as const
