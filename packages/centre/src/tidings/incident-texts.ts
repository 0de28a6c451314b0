import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Wordings } from './wording.ts'

/** What is said of incidents. */
export const incidentTexts: Wordings<
  Extract<NotificationKind, `participation-${string}` | 'note-mention'>
> = {
  'participation-given': {
    vi: {
      title: 'Tham gia xử lý sự cố {number}: {title}',
      lines: ['{who} đưa {organisation} vào sự cố: {role}.', 'Được xem: {sees}.', '{note}'],
      act: 'Xem sự cố',
    },
    en: {
      title: 'Part of incident {number}: {title}',
      lines: [
        '{who} made {organisation} part of the incident: {role}.',
        'It sees: {sees}.',
        '{note}',
      ],
      act: 'Open the incident',
    },
  },
  'note-mention': {
    vi: {
      title: '{who} nhắc đến bạn ở sự cố {number}',
      lines: ['{title}: “{note}”'],
      act: 'Xem ghi chú',
    },
    en: {
      title: '{who} named you in incident {number}',
      lines: ['{title}: “{note}”'],
      act: 'Open the note',
    },
  },
  'participation-ended': {
    vi: {
      title: 'Thôi tham gia sự cố {number}',
      lines: ['{organisation} không còn tham gia và không còn xem được sự cố.', 'Lý do: {note}'],
      act: 'Xem các sự cố',
    },
    en: {
      title: 'No longer part of incident {number}',
      lines: ['{organisation} takes part no more and cannot read the incident.', 'Reason: {note}'],
      act: 'Open the incidents',
    },
  },
}
