/** Refusals about regulation profiles. */
export const settingProblems = {
  'regulation.not-found': {
    status: 404,
    vi: 'Không có hồ sơ quy định này',
    en: 'No such regulation profile',
  },
  'regulation.changed-meanwhile': {
    status: 409,
    vi: 'Hồ sơ quy định đã được người khác thay đổi, hãy xem lại bản mới',
    en: 'Another version of the regulation profile came first; look at it again',
  },
  'regulation.unchanged': {
    status: 409,
    vi: 'Bản mới nhất đã nói đúng như vậy, từ ngày ấy hoặc sớm hơn',
    en: 'The newest version says the same, from that day or earlier',
  },
  'number.no-series': {
    status: 409,
    vi: 'Hồ sơ quy định đang hiệu lực chưa có số, ký hiệu cho loại văn bản này',
    en: 'No regulation profile in force says how this kind of document is numbered',
  },
  'regulation.unreadable': {
    status: 400,
    vi: 'Hồ sơ quy định không đọc được',
    en: 'The regulation profile cannot be read',
  },
} as const
