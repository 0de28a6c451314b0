/** Refusals about information systems and what belongs to them. */
export const systemProblems = {
  'system.not-found': {
    status: 404,
    vi: 'Không có hệ thống thông tin này',
    en: 'No such information system',
  },
  'system.code-taken': {
    status: 409,
    vi: 'Chủ quản đã có hệ thống thông tin mang mã này',
    en: 'Its owner has an information system of this code',
  },
  'system.changed-meanwhile': {
    status: 409,
    vi: 'Có người vừa sửa hệ thống thông tin này, hãy tải lại',
    en: 'Somebody has just changed this information system; reload',
  },
  'system.illegal-stage': {
    status: 409,
    vi: 'Việc giám sát không thể chuyển sang giai đoạn đó',
    en: 'Monitoring cannot move to that stage',
  },
  'system-import.not-found': {
    status: 404,
    vi: 'Không có lần nhập này, hoặc tệp đã được xóa sau khi ghi hay sau bảy ngày',
    en: 'No such import, or its file was deleted after it was written or after seven days',
  },
  'system-import.not-ready': {
    status: 409,
    vi: 'Lần nhập này chưa xem trước xong, có lỗi, hoặc đã ghi rồi',
    en: 'This import is not read yet, has faults, or was written already',
  },
  'system-import.too-many': {
    status: 409,
    vi: 'Còn quá nhiều lần nhập đang mở, hãy chờ hoặc ghi bớt',
    en: 'Too many imports are open; wait, or write some',
  },
  'attribution-change.not-found': {
    status: 404,
    vi: 'Không có lần gán lại này',
    en: 'No such change of attribution',
  },
  'range.not-found': { status: 404, vi: 'Không có dải này', en: 'No such range' },
  'range.invalid': { status: 400, vi: 'Có dải không hợp lệ', en: 'A range is not valid' },
  'range.taken': {
    status: 409,
    vi: 'Có dải đang thuộc về hệ thống khác, hãy báo cơ quan điều phối',
    en: 'A range belongs to another system; put it to the coordinator',
  },
  'attribution.unreadable': {
    status: 400,
    vi: 'Đây không phải địa chỉ, tên miền, URL hay số hiệu mạng',
    en: 'This is no address, domain, URL or autonomous system',
  },
} as const
