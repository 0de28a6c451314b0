import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Wordings } from './wording.ts'

/** What is said of reports of incidents. */
export const reportTexts: Wordings<Extract<NotificationKind, `report-${string}`>> = {
  'report-received': {
    vi: {
      title: 'Đã nhận tin báo sự cố {number}',
      lines: [
        'Tin báo của {organisation}, nhận lúc {at} qua kênh {channel}.',
        'Người trực sẽ xác nhận trong thời hạn quy định; kết quả và câu hỏi lại đứng ở trang tin báo.',
        'Có diễn biến mới, báo tiếp vào chính tin báo này hoặc trả lời thư này, giữ nguyên số.',
      ],
      act: 'Xem tin báo và báo tiếp',
    },
    en: {
      title: 'Incident report {number} was received',
      lines: [
        'Reported by {organisation}, received {at} by {channel}.',
        'Whoever is on duty acknowledges it in the time of the regulation; what is decided and asked stands on the page of the report.',
        'Whatever happens next, add it to this very report or answer this mail, keeping the number.',
      ],
      act: 'Open the report and add to it',
    },
  },
}
