import type { Wordings } from './wording.ts'

/** What is told of clusters nobody acknowledged in time. */
export const unacknowledgedTexts: Wordings<'clusters-unacknowledged'> = {
  'clusters-unacknowledged': {
    vi: {
      title: '{count} cụm cảnh báo mức {severity} chưa ai nhận',
      lines: ['Cụm chờ lâu nhất từ {since}.', 'Hãy nhận hoặc giao cho người xử lý.'],
      act: 'Xem cảnh báo chưa nhận',
    },
    en: {
      title: 'Clusters of alerts nobody acknowledged: {count} ({severity})',
      lines: ['The oldest waits since {since}.', 'Acknowledge them or assign them to somebody.'],
      act: 'Open what waits',
    },
  },
}
