/** Refusals about sheets that are read in. */
export const sheetProblems = {
  'sheet.unreadable': {
    status: 400,
    vi: 'Không đọc được bảng tính này',
    en: 'This sheet cannot be read',
  },
  'import.invalid': {
    status: 400,
    vi: 'Bảng có dòng sai nên không ghi gì cả',
    en: 'Rows are wrong: nothing was written',
  },
} as const
