import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Wordings } from './wording.ts'

type OrderKinds = Extract<NotificationKind, `order-${string}`>

/** What is told of orders. */
export const orderTexts: Wordings<OrderKinds> = {
  'order-given': {
    vi: {
      title: 'Lệnh {number}: {title}',
      lines: ['{issuer} giao lệnh {number} cho {organisation}.', 'Hạn báo cáo: {due}.'],
      act: 'Xem và tiếp nhận lệnh',
    },
    en: {
      title: 'Order {number}: {title}',
      lines: ['{issuer} issued order {number} to {organisation}.', 'Report due: {due}.'],
      act: 'Read and accept the order',
    },
  },
  'order-changed': {
    vi: {
      title: 'Lệnh {number} đã sửa đổi: {title}',
      lines: ['{issuer} sửa đổi lệnh. Lý do: {reason}.', 'Hạn báo cáo: {due}. Cần trả lời lại.'],
      act: 'Xem bản mới và trả lời',
    },
    en: {
      title: 'Order {number} was changed: {title}',
      lines: ['{issuer} changed it. Reason: {reason}.', 'Report due: {due}. Answer it anew.'],
      act: 'Read the new version and answer',
    },
  },
  'order-reminded': {
    vi: {
      title: 'Nhắc: lệnh {number} đang chờ trả lời',
      lines: ['{issuer} nhắc: {title}.', 'Hạn báo cáo: {due}.', 'Lời nhắn: {reason}.'],
      act: 'Xem và trả lời',
    },
    en: {
      title: 'Reminder: order {number} waits for your answer',
      lines: ['{issuer} reminds you: {title}.', 'Report due: {due}.', 'Note: {reason}.'],
      act: 'Read and answer',
    },
  },
  'order-help': {
    vi: {
      title: '{organisation} cần hỗ trợ thực hiện lệnh {number}',
      lines: ['Lệnh: {title}.', 'Nội dung: {reason}.'],
      act: 'Xem lệnh',
    },
    en: {
      title: '{organisation} needs help with order {number}',
      lines: ['Order: {title}.', 'What they say: {reason}.'],
      act: 'Open the order',
    },
  },
  'order-answered': {
    vi: {
      title: '{organisation} trả lời lệnh {number}: {step}',
      lines: ['Lệnh: {title}.'],
      act: 'Xem lệnh',
    },
    en: {
      title: '{organisation} answered order {number}: {step}',
      lines: ['Order: {title}.'],
      act: 'Open the order',
    },
  },
  'order-judged': {
    vi: {
      title: 'Kết quả thực hiện lệnh {number}: {step}',
      lines: ['{issuer} đã xem kết quả của {organisation}.', 'Lệnh: {title}.'],
      act: 'Xem lệnh',
    },
    en: {
      title: 'Result of order {number}: {step}',
      lines: ['{issuer} has judged the result of {organisation}.', 'Order: {title}.'],
      act: 'Open the order',
    },
  },
  'order-withdrawn': {
    vi: {
      title: 'Lệnh {number} đã thu hồi',
      lines: ['{issuer} thu hồi lệnh: {title}.', 'Lý do: {reason}.'],
      act: 'Xem lệnh',
    },
    en: {
      title: 'Order {number} was withdrawn',
      lines: ['{issuer} withdrew the order: {title}.', 'Reason: {reason}.'],
      act: 'Open the order',
    },
  },
  'order-overdue': {
    vi: {
      title: 'Lệnh {number} quá hạn: {organisation}',
      lines: ['{organisation} chưa báo cáo kết quả. Hạn: {due}.', 'Lệnh: {title}.'],
      act: 'Xem lệnh',
    },
    en: {
      title: 'Order {number} is overdue: {organisation}',
      lines: ['{organisation} has not reported. It was due {due}.', 'Order: {title}.'],
      act: 'Open the order',
    },
  },
}
