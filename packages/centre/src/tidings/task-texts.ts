import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Wordings } from './wording.ts'

/** What is said of tasks. */
export const taskTexts: Wordings<Extract<NotificationKind, `task-${string}`>> = {
  'task-assigned': {
    vi: {
      title: 'Việc mới của sự cố {number}: {title}',
      lines: ['{who} giao việc cho {organisation}.', 'Hạn: {due}.'],
      act: 'Xem việc và báo tiến độ',
    },
    en: {
      title: 'New task of incident {number}: {title}',
      lines: ['{who} gave the task to {organisation}.', 'Due: {due}.'],
      act: 'Read the task and say how far it is',
    },
  },
  'task-answered': {
    vi: {
      title: 'Sự cố {number}, việc “{title}”: {state}',
      lines: ['{who} báo: {note}.'],
      act: 'Xem việc',
    },
    en: {
      title: 'Incident {number}, task “{title}”: {state}',
      lines: ['{who} says: {note}.'],
      act: 'Open the task',
    },
  },
}
