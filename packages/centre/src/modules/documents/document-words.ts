import type { Tlp } from '@haidang/contracts/tlp'

/** Words of the frame around a document, in the language of its template. */
export const words = {
  vi: {
    recipients: 'Nơi nhận:',
    signed: '(Đã ký số)',
    draft: 'DỰ THẢO',
    simulated: 'MÔ PHỎNG',
    unnumbered: '……',
    check: 'Kiểm tra văn bản tại',
    code: 'Mã kiểm tra',
  },
  en: {
    recipients: 'Copies to:',
    signed: '(Signed electronically)',
    draft: 'DRAFT',
    simulated: 'SIMULATED',
    unnumbered: '……',
    check: 'Check this document at',
    code: 'Check code',
  },
} as const

/** Colours of TLP labels on black, as FIRST prescribes them (TLP 2.0). */
export const tlpColours: Readonly<Record<Tlp, string>> = {
  clear: '#ffffff',
  green: '#33ff00',
  amber: '#ffc000',
  'amber+strict': '#ffc000',
  red: '#ff2b2b',
}

interface TableShape {
  readonly widths: readonly number[]
  readonly head: Readonly<Record<'vi' | 'en', readonly string[]>>
}

/** Columns of the tables documents may hold, by placeholder. */
export const tableShapes: Readonly<Record<string, TableShape>> = {
  actions: {
    widths: [1, 4, 9, 4],
    head: {
      vi: ['TT', 'Loại', 'Nội dung', 'Thời hạn'],
      en: ['No.', 'Kind', 'What to do', 'Due'],
    },
  },
  timeline: {
    widths: [4, 11, 5],
    head: { vi: ['Thời gian', 'Diễn biến', 'Người ghi'], en: ['Time', 'What happened', 'By'] },
  },
}
