import { foldVietnamese } from '@haidang/contracts/fold'
import { type Label, label } from '@haidang/contracts/label'
import type { SheetCell } from '@haidang/runtime/sheets/sheet'
import { SheetProblem } from '@haidang/runtime/sheets/sheet-problem'

/** A column a file may have: the field it fills, what its head may say, and how its text is read. */
export interface ImportColumn {
  readonly field: string
  /** In any spelling; the first is what an export writes. */
  readonly names: readonly string[]
  readonly required?: true
  /** How it is written, for who wrote it otherwise. */
  readonly expects?: Label
  /** What the schema judges, of the text of a cell; the text itself unless given. */
  readonly read?: (text: string) => unknown
}

/** What a sheet of refused rows adds to each: read in again it is passed over. */
export const refusalColumns: readonly ImportColumn[] = [
  { field: 'refused_row', names: ['Dòng trong tệp', 'row in the file'] },
  { field: 'refused_why', names: ['Vì sao bị từ chối', 'why it was refused'] },
]

export const namesTheColumns = label(
  'dòng đầu ghi tên các cột',
  'a first row that names the columns',
)

/** The columns a first row names. Throws Problem sheet.unreadable for unknown, repeated and missing ones. */
export function columnsOf(
  cells: readonly SheetCell[],
  columns: readonly ImportColumn[],
): readonly ImportColumn[] {
  const known = new Map(
    [...columns, ...refusalColumns].flatMap((column) =>
      [column.field, ...column.names].map((name) => [plain(name), column]),
    ),
  )
  const heads = cells.map(({ text }) => {
    const column = known.get(plain(text))
    if (column) return column
    const said = text.slice(0, 60)
    throw new SheetProblem(
      label(`dòng 1: không có cột “${said}”`, `row 1: no column “${said}”`),
      label(`một trong: ${headsOf(columns, 0)}`, `one of: ${headsOf(columns, 1)}`),
    )
  })
  if (new Set(heads).size < heads.length) {
    throw new SheetProblem(
      label('dòng 1: có cột lặp lại', 'row 1: a column stands twice'),
      label('mỗi cột một lần', 'each column once'),
    )
  }
  const missing = columns.filter((column) => column.required && !heads.includes(column))
  if (missing.length > 0) {
    throw new SheetProblem(
      label(
        `dòng 1: thiếu cột ${headsOf(missing, 0)}`,
        `row 1: missing the column ${headsOf(missing, 1)}`,
      ),
      namesTheColumns,
    )
  }
  return heads
}

function headsOf(columns: readonly ImportColumn[], place: 0 | 1): string {
  return columns.map(({ names, field }) => names[place] ?? field).join(', ')
}

/** Reads a word of an enumeration as itself or as a label in any language says it. */
export function wordReader(table: Readonly<Record<string, Label>>): (text: string) => string {
  const known = new Map(
    Object.entries(table).flatMap(([word, { vi, en }]) =>
      [word, vi, en].map((name) => [plain(name), word]),
    ),
  )
  return (text) => known.get(plain(text)) ?? text
}

/** Parts of a cell that holds several values. */
export function listReader<T>(read: (text: string) => T): (text: string) => T[] {
  return (text) =>
    text
      .split(/[;\n]/)
      .map((part) => part.trim())
      .filter(Boolean)
      .map(read)
}

/** What a column that takes words of an enumeration expects. */
export function wordsOf(table: Readonly<Record<string, Label>>): Label {
  const all = Object.values(table)
  return {
    vi: all.map(({ vi }) => vi).join(', '),
    en: all.map(({ en }) => en).join(', '),
  }
}

function plain(text: string): string {
  return foldVietnamese(text.trim()).replace(/[\s_-]+/g, ' ')
}
