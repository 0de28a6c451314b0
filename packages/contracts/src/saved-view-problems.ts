/** What can be wrong with a saved view of a list. */
export const savedViewProblems = {
  'saved-view.not-found': { status: 404, vi: 'Không có khung nhìn này', en: 'No such view' },
  'saved-view.not-yours': {
    status: 403,
    vi: 'Chỉ người lưu khung nhìn mới sửa hoặc xóa được',
    en: 'Only who saved a view changes or removes it',
  },
  'saved-view.exists': {
    status: 409,
    vi: 'Đã có khung nhìn tên này: hãy đặt tên khác',
    en: 'You have a view of this name: choose another',
  },
  'saved-view.too-many': {
    status: 409,
    vi: 'Danh sách này đã có 50 khung nhìn của bạn: hãy xóa bớt',
    en: 'You have 50 views of this list: remove some',
  },
} as const
