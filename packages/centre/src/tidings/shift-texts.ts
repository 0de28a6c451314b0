import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Wordings } from './wording.ts'

/** What is told of the duty roster. */
export const shiftTexts: Wordings<Extract<NotificationKind, `shift-${string}`>> = {
  'shift-roster': {
    vi: {
      title: 'Lịch trực từ {from} đến {to}',
      lines: ['{who} lập lịch trực có ca của bạn.'],
      act: 'Xem lịch trực',
    },
    en: {
      title: 'Duty roster from {from} to {to}',
      lines: ['{who} made a roster with shifts of yours.'],
      act: 'Open the roster',
    },
  },
  'shift-changed': {
    vi: {
      title: '{name}: {change}',
      lines: ['Từ {from} đến {to}.', '{who} sửa lịch trực.'],
      act: 'Xem lịch trực',
    },
    en: {
      title: '{name}: {change}',
      lines: ['From {from} to {to}.', '{who} changed the roster.'],
      act: 'Open the roster',
    },
  },
  'shift-swap-asked': {
    vi: {
      title: '{who} nhờ bạn trực {name}',
      lines: ['Từ {from} đến {to}.', 'Lý do: {reason}.'],
      act: 'Trả lời đề nghị',
    },
    en: {
      title: '{who} asks you to stand {name}',
      lines: ['From {from} to {to}.', 'Reason: {reason}.'],
      act: 'Answer',
    },
  },
  'shift-swap-decided': {
    vi: {
      title: 'Đổi ca {name}: {state}',
      lines: ['{who} trả lời.', 'Ca từ {from} đến {to}.'],
      act: 'Xem đề nghị đổi ca',
    },
    en: {
      title: 'Swap of {name}: {state}',
      lines: ['{who} answered.', 'The shift is from {from} to {to}.'],
      act: 'Open the swap',
    },
  },
}
