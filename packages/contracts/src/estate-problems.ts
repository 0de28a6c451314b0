/** Refusals about the estate of stations and their inspections. */
export const estateProblems = {
  'station.replacement-invalid': {
    status: 409,
    vi: 'Trạm này không thể thay cho trạm kia',
    en: 'This station cannot take the place of that one',
  },
  'doubt.not-found': {
    status: 404,
    vi: 'Không có đánh dấu đáng ngờ này',
    en: 'No such mark of doubt',
  },
  'inspection.not-found': {
    status: 404,
    vi: 'Không có biên bản kiểm tra này',
    en: 'No such inspection',
  },
  'inspection.signed': {
    status: 409,
    vi: 'Biên bản đã ký, không sửa được nữa',
    en: 'The inspection is signed and can no longer be changed',
  },
  'inspection.unsigned': {
    status: 409,
    vi: 'Biên bản chưa ký',
    en: 'The inspection is not yet signed',
  },
  'inspection.incomplete': {
    status: 409,
    vi: 'Biên bản chưa trả lời hết danh mục kiểm tra',
    en: 'The inspection does not answer the whole checklist',
  },
  'inspection.changed-meanwhile': {
    status: 409,
    vi: 'Có người vừa sửa biên bản này, hãy tải lại',
    en: 'Somebody has just changed this inspection; reload',
  },
} as const
