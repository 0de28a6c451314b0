import type { Wordings } from './wording.ts'

/** What is told of effort sheets. */
export const effortTexts: Wordings<'effort-moved'> = {
  'effort-moved': {
    vi: {
      title: 'Bảng kê khối lượng theo lệnh {number}: {state}',
      lines: ['Đơn vị: {organisation}. Số tiền: {amount} đồng.', 'Ghi chú: {reason}.'],
      act: 'Xem bảng kê',
    },
    en: {
      title: 'Effort sheet of order {number}: {state}',
      lines: ['Organisation: {organisation}. Amount: {amount} dong.', 'Note: {reason}.'],
      act: 'Open the sheet',
    },
  },
}
