import { label } from './label.ts'

/** The words for values of the estate of stations and of their inspections. */
export const estateLabels = {
  planState: {
    planned: label('Dự kiến', 'Planned'),
    survey: label('Đang khảo sát', 'Survey'),
    exempt: label('Được miễn', 'Exempt'),
    joined: label('Đã xin kết nối', 'Asked to join'),
    approved: label('Đã duyệt', 'Approved'),
    operating: label('Đang hoạt động', 'Operating'),
    replaced: label('Đã thay thế', 'Replaced'),
    revoked: label('Đã thu hồi', 'Revoked'),
  },
  inspectionKind: {
    half_year: label('Sáu tháng', 'Six-monthly'),
    year: label('Hằng năm', 'Yearly'),
    ad_hoc: label('Đột xuất', 'Ad hoc'),
  },
  answerResult: {
    met: label('Đạt', 'Met'),
    not_met: label('Không đạt', 'Not met'),
    not_applicable: label('Không áp dụng', 'Not applicable'),
  },
  checklistPart: {
    operation: label('Hoạt động của hệ thống quan trắc', 'Operation of the monitoring system'),
    connection: label(
      'Kết nối, phối hợp, trao đổi với trung tâm quốc gia',
      'Connection, coordination and exchange with the national centre',
    ),
  },
} as const
