/** Refusals about the keys a node and its neighbours know each other by. */
export const linkProblems = {
  'join.file-refused': {
    status: 400,
    vi: 'Tệp gia nhập này không dùng được',
    en: 'This join file cannot be used',
  },
  'join.no-answer': {
    status: 409,
    vi: 'Chưa có tệp trả lời cho trạm này',
    en: 'There is no answer file for this station',
  },
  'authority.moving': {
    status: 409,
    vi: 'Đang đổi cơ quan chứng thư, hãy kết thúc lần đổi này trước',
    en: 'The authority is being rotated: end this rotation first',
  },
  'authority.not-moving': {
    status: 409,
    vi: 'Không có lần đổi cơ quan chứng thư nào đang diễn ra',
    en: 'No rotation of the authority is under way',
  },
  'authority.stations-behind': {
    status: 409,
    vi: 'Còn trạm chưa chuyển sang cơ quan chứng thư mới',
    en: 'Some stations have not moved to the new authority',
  },
  'authority.key-missing': {
    status: 500,
    vi: 'Mất khóa của cơ quan chứng thư',
    en: 'The key of the authority is missing',
  },
} as const
