/** Refusals about reports of incidents. */
export const incidentReportProblems = {
  'incident-report.not-found': {
    status: 404,
    vi: 'Không có tin báo sự cố này',
    en: 'No such incident report',
  },
  'incident-report.illegal-act': {
    status: 409,
    vi: 'Tin báo ở trạng thái này không làm được việc đó',
    en: 'This cannot be done with the report in its state',
  },
  'incident-report.not-yours': {
    status: 403,
    vi: 'Tin báo này không phải của đơn vị gửi',
    en: 'This report is not of the organisation that sends it',
  },
  'incident-report.stage-past': {
    status: 409,
    vi: 'Đã nộp báo cáo kết thúc hoặc báo cáo muộn hơn, không nộp được mẫu này nữa',
    en: 'A later report of this incident was submitted already, so this form is too late',
  },
} as const
