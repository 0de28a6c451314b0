import { label } from '@haidang/contracts/label'

export const asSaved = label(
  'sổ tính đúng như phần mềm bảng tính lưu ra',
  'a workbook as a spreadsheet saves it',
)
export const eitherFormat = label(
  'sổ tính .xlsx, hoặc tệp .csv mã hóa UTF-8',
  'an .xlsx workbook, or a .csv file in UTF-8',
)
export const fewerRows = label('bớt dòng', 'fewer rows')
export const fewerColumns = label('bớt cột', 'fewer columns')
export const severalFiles = label('chia thành nhiều tệp', 'several files')
export const shorterCell = label('rút ngắn ô', 'a shorter cell')

/** It unpacks to more than so many bytes. */
export const tooMuch = (bytes: number) =>
  label(
    `giải nén ra hơn ${Math.floor(bytes / 1_048_576)} MB`,
    `it unpacks to more than ${Math.floor(bytes / 1_048_576)} MB`,
  )
/** It has more than so many rows. */
export const tooManyRows = (most: number) =>
  label(`nhiều hơn ${most} dòng`, `more than ${most} rows`)
/** It has more than so many columns. */
export const tooManyColumns = (most: number) =>
  label(`nhiều hơn ${most} cột`, `more than ${most} columns`)
/** A cell has more than so many characters; `row` where it is known. */
export const tooLongCell = (most: number, row?: number) =>
  label(
    `${row ? `dòng ${row}: ` : ''}một ô dài quá ${most} ký tự`,
    `${row ? `row ${row}: ` : ''}a cell of more than ${most} characters`,
  )
