import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Wordings } from './wording.ts'

type AdvisoryKinds = Extract<NotificationKind, `advisory-${string}` | 'warning-told'>

/** What is told of advisories and warnings. */
export const advisoryTexts: Wordings<AdvisoryKinds> = {
  'advisory-told': {
    vi: {
      title: 'Cảnh báo sớm {number}: {title}',
      lines: ['{issuer} cảnh báo {organisation}. Mức độ: {severity}.', 'Hạn trả lời: {due}.'],
      act: 'Đọc cảnh báo và trả lời',
    },
    en: {
      title: 'Advisory {number}: {title}',
      lines: ['{issuer} advises {organisation}. Severity: {severity}.', 'Answer due: {due}.'],
      act: 'Read the advisory and answer',
    },
  },
  'warning-told': {
    vi: {
      title: 'Cảnh báo riêng {number}: {title}',
      lines: ['{issuer} cảnh báo riêng {organisation}. Mức độ: {severity}.', 'Hạn trả lời: {due}.'],
      act: 'Đọc cảnh báo và trả lời',
    },
    en: {
      title: 'Warning {number}: {title}',
      lines: ['{issuer} warns {organisation}. Severity: {severity}.', 'Answer due: {due}.'],
      act: 'Read the warning and answer',
    },
  },
  'advisory-changed': {
    vi: {
      title: 'Cảnh báo {number} có bản mới: {title}',
      lines: ['{issuer} đổi: {reason}.', 'Hạn trả lời: {due}. Cần trả lời lại.'],
      act: 'Đọc bản mới và trả lời',
    },
    en: {
      title: 'Advisory {number} has a new version: {title}',
      lines: ['{issuer} changed: {reason}.', 'Answer due: {due}. Answer it anew.'],
      act: 'Read the new version and answer',
    },
  },
  'advisory-cancelled': {
    vi: {
      title: 'Cảnh báo {number} đã hủy',
      lines: ['{issuer} hủy cảnh báo: {title}.', 'Lý do: {reason}.'],
      act: 'Xem cảnh báo',
    },
    en: {
      title: 'Advisory {number} was cancelled',
      lines: ['{issuer} cancelled: {title}.', 'Reason: {reason}.'],
      act: 'Open the advisory',
    },
  },
  'advisory-returned': {
    vi: {
      title: 'Trả lời cảnh báo {number} bị trả lại',
      lines: ['{issuer} trả lại câu trả lời của {organisation}: {title}.', 'Lý do: {reason}.'],
      act: 'Xem và trả lời lại',
    },
    en: {
      title: 'The answer to advisory {number} was returned',
      lines: ['{issuer} returned the answer of {organisation}: {title}.', 'Reason: {reason}.'],
      act: 'Read and answer anew',
    },
  },
  'advisory-overdue': {
    vi: {
      title: 'Cảnh báo {number} quá hạn trả lời: {organisation}',
      lines: ['{organisation} chưa trả lời. Hạn: {due}.', 'Cảnh báo: {title}.'],
      act: 'Xem cảnh báo',
    },
    en: {
      title: 'Advisory {number} is not answered: {organisation}',
      lines: ['{organisation} has not answered. It was due {due}.', 'Advisory: {title}.'],
      act: 'Open the advisory',
    },
  },
  'advisory-help': {
    vi: {
      title: '{organisation} cần hỗ trợ về cảnh báo {number}',
      lines: ['Cảnh báo: {title}.', 'Nội dung: {reason}.'],
      act: 'Xem cảnh báo',
    },
    en: {
      title: '{organisation} needs help with advisory {number}',
      lines: ['Advisory: {title}.', 'What they say: {reason}.'],
      act: 'Open the advisory',
    },
  },
  'advisory-review': {
    vi: {
      title: 'Cảnh báo chờ duyệt: {title}',
      lines: ['{who} trình duyệt dự thảo này.'],
      act: 'Đọc và duyệt',
    },
    en: {
      title: 'An advisory awaits review: {title}',
      lines: ['{who} asks for the review of this draft.'],
      act: 'Read and review',
    },
  },
  'advisory-reviewed': {
    vi: {
      title: 'Dự thảo cảnh báo – {stage}: {title}',
      lines: ['{who} đã xem dự thảo. Ý kiến: {reason}.'],
      act: 'Xem dự thảo',
    },
    en: {
      title: 'Draft of an advisory – {stage}: {title}',
      lines: ['{who} has read the draft. Comment: {reason}.'],
      act: 'Open the draft',
    },
  },
}
