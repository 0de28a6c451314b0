/** Refusals about deadlines under way. */
export const deadlineProblems = {
  'deadline.not-found': {
    status: 404,
    vi: 'Không có thời hạn này',
    en: 'No such deadline',
  },
  'deadline.not-yours': {
    status: 403,
    vi: 'Thời hạn này của tổ chức khác; tổ chức ấy tự ghi việc đã nhận biết hoặc hoàn thành',
    en: 'The deadline is another organisation’s; it says itself that it knows of it or met it',
  },
  'deadline.ended': {
    status: 409,
    vi: 'Thời hạn này đã hoàn thành hoặc đã dừng',
    en: 'The deadline is met or stopped already',
  },
} as const
