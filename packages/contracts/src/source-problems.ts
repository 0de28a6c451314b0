/** Refusals about sources and the records of theirs that could not be read. */
export const sourceProblems = {
  'source.not-found': { status: 404, vi: 'Không có nguồn này', en: 'No such source' },
  'source.name-taken': { status: 409, vi: 'Tên nguồn đã có', en: 'A source has this name' },
  'source.token-wrong': {
    status: 401,
    vi: 'Mã truy cập của nguồn không đúng',
    en: 'The token of the source is wrong',
  },
  'source.paused': {
    status: 429,
    vi: 'Nguồn đang tạm dừng',
    en: 'The source is paused',
  },
  'source.address-invalid': {
    status: 400,
    vi: 'Địa chỉ gửi không hợp lệ',
    en: 'A sender is not an address or network',
  },
  'source.no-token': {
    status: 409,
    vi: 'Loại nguồn này không dùng mã truy cập',
    en: 'This kind of source has no token',
  },
  'source.path-required': {
    status: 400,
    vi: 'Nguồn đọc tệp cần đường dẫn',
    en: 'A file source needs a path',
  },
  'source.path-refused': {
    status: 400,
    vi: 'Không nguồn nào được đọc thư mục này',
    en: 'No source may read this directory',
  },
} as const
