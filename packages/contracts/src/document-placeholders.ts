import type { DocumentKind } from './document.ts'
import { type Label, label } from './label.ts'

/** `lines`: the line it stands in is written once for each value. `table`: it stands alone in a line. */
export type PlaceholderForm = 'text' | 'lines' | 'table'

export interface Placeholder {
  readonly form: PlaceholderForm
  readonly label: Label
  /** What a preview without a subject shows. */
  readonly sample: string | readonly string[]
}

const text = (vi: string, en: string, sample: string): Placeholder => ({
  form: 'text',
  label: label(vi, en),
  sample,
})
const lines = (vi: string, en: string, sample: readonly string[]): Placeholder => ({
  form: 'lines',
  label: label(vi, en),
  sample,
})
const table = (vi: string, en: string, sample: readonly string[]): Placeholder => ({
  form: 'table',
  label: label(vi, en),
  sample,
})

const common = {
  issuer: text('Cơ quan ban hành', 'Issuer', 'Trung tâm Ví dụ'),
  number: text('Số, ký hiệu', 'Number', 'LĐP-2026-0001'),
  date: text('Ngày ban hành', 'Date of issue', 'ngày 05 tháng 01 năm 2026'),
  title: text('Trích yếu', 'Subject', 'Chặn máy chủ điều khiển mã độc'),
  signer: text('Người ký', 'Signer', 'Nguyễn Văn Ví Dụ'),
  tlp: text('Mức chia sẻ', 'Sharing level', 'TLP:AMBER'),
} as const

const told = {
  recipients: text('Đơn vị nhận', 'Addressees', 'Bộ Ví dụ'),
  legal_basis: lines('Căn cứ', 'Legal basis', ['Quyết định số 05/2017/QĐ-TTg']),
  situation: text('Tình hình', 'Situation', 'Ghi nhận lưu lượng bất thường từ 192.0.2.7.'),
} as const

const tasks = {
  ...common,
  ...told,
  actions: table('Bảng nhiệm vụ', 'Table of tasks', [
    '1',
    'Chặn IP',
    'Chặn 192.0.2.7',
    '17:00 05/01/2026',
  ]),
  due: text('Hạn báo cáo', 'Report due', '17 giờ 00 phút ngày 05/01/2026'),
} as const

/** What a template of each kind may name; anything else is refused by its name. */
export const documentPlaceholders: Readonly<
  Record<DocumentKind, Readonly<Record<string, Placeholder>>>
> = {
  order: tasks,
  request: tasks,
  warning: {
    ...common,
    ...told,
    affected: lines('Đối tượng bị ảnh hưởng', 'Affected', ['Phần mềm Ví dụ trước bản 2.1']),
    measures: lines('Biện pháp', 'Measures', ['Cập nhật bản vá 2.1']),
    due: text('Hạn trả lời', 'Answer due', '17 giờ 00 phút ngày 05/01/2026'),
  },
  incident_report: {
    ...common,
    organisation: text('Đơn vị bị sự cố', 'Organisation struck', 'Bộ Ví dụ'),
    incident: text('Số sự cố', 'Incident number', 'SC-2026-0001'),
    summary: text('Tóm tắt', 'Summary', 'Máy chủ thư bị chiếm quyền điều khiển.'),
    type: text('Loại', 'Type', 'Tấn công sử dụng mã độc'),
    grade: text('Phân loại', 'Grade', 'Thông thường'),
    severity: text('Mức độ', 'Severity', 'Cao'),
    state: text('Trạng thái', 'State', 'Đã đóng'),
    detected: text('Phát hiện lúc', 'Detected', '08 giờ 00 phút ngày 05/01/2026'),
    opened: text('Mở lúc', 'Opened', '08 giờ 10 phút ngày 05/01/2026'),
    closed: text('Kết thúc lúc', 'Closed', '17 giờ 00 phút ngày 05/01/2026'),
    timeline: table('Bảng diễn biến', 'Timeline', [
      '08:10 05/01/2026',
      'Mở sự cố',
      'Nguyễn Thị Trực',
    ]),
  },
  minutes: {
    ...common,
    place: text('Địa điểm', 'Place', 'Phòng họp A'),
    present: lines('Thành phần', 'Present', ['Ông Nguyễn Văn Ví Dụ, Trung tâm Ví dụ']),
    content: text('Nội dung', 'Content', 'Hai bên thống nhất phương án xử lý.'),
    conclusions: lines('Kết luận', 'Conclusions', ['Đóng sự cố, giữ giám sát 30 ngày']),
  },
}
