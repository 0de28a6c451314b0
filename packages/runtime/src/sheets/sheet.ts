export type SheetFormat = 'csv' | 'xlsx'

/** One cell as it was read; `formula` where a program would compute it instead of showing it. */
export interface SheetCell {
  readonly text: string
  readonly formula: boolean
}

/** Takes one row: its number as people see it, from 1, and its cells. */
export type TakeRow = (row: number, cells: readonly SheetCell[]) => void

/** How much of a sheet is read; what has more is refused, not cut. */
export const sheetLimits = {
  rows: 100_001,
  columns: 200,
  /** Characters of a cell: what spreadsheet programs hold. */
  cell: 32_767,
  /** Bytes of all parts that are read, unpacked. */
  bytes: 256 * 1_048_576,
  /** The same of separated values. */
  csvBytes: 64 * 1_048_576,
} as const

/**
 * Whether a spreadsheet program would compute a text instead of showing it. A telephone number or a negative number
 * is text or number, whatever it begins with.
 */
export function isFormulaText(text: string): boolean {
  return /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && !/^[+-][\d\s().,-]*$/.test(text))
}
