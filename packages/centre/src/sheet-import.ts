import { createHash } from 'node:crypto'
import { foldVietnamese } from '@haidang/contracts/fold'
import type { SheetFault, SheetImport, SheetOutcome } from '@haidang/contracts/sheet-import'
import { readSheet } from '@haidang/runtime/sheets/read-sheet'
import type { SheetCell } from '@haidang/runtime/sheets/sheet'
import { sheetProblem } from '@haidang/runtime/sheets/sheet'
import type { z } from 'zod'

/** A column a file may have: the field it fills, what its head may say, and how its text is read. */
export interface ImportColumn {
  readonly field: string
  /** In any spelling; the first is what an export writes. */
  readonly names: readonly string[]
  readonly required?: true
  /** What the schema judges, of the text of a cell; the text itself unless given. */
  readonly read?: (text: string) => unknown
}

/** A row that is right by itself. */
export interface ImportRow<T> {
  readonly row: number
  readonly draft: T
}

const mostFaults = 200

/** What is wrong with the rows of a file: all of it counted, the first told. */
export class ImportFaults {
  readonly told: SheetFault[] = []
  count = 0

  add(fault: SheetFault): void {
    this.count += 1
    if (this.told.length < mostFaults) this.told.push(fault)
  }
}

/**
 * Reads a file whose first row names its columns. What a row says is judged by `schema`; formulas, codes that stand
 * twice and what the schema refuses become faults. `codeOf` says what no two rows may have the same of. Throws Problem
 * sheet.unreadable, also for unknown and missing columns.
 */
export async function readImport<S extends z.ZodObject>(
  { content, format }: Pick<SheetImport, 'content' | 'format'>,
  columns: readonly ImportColumn[],
  schema: S,
  codeOf: (draft: z.output<S>) => string,
) {
  const bytes = Buffer.from(content, 'base64')
  const faults = new ImportFaults()
  const rows: ImportRow<z.output<S>>[] = []
  const seen = new Map<string, number>()
  let count = 0
  let heads: readonly ImportColumn[] | undefined
  await readSheet(bytes, format, (row, cells) => {
    if (heads === undefined) {
      heads = columnsOf(cells, columns)
      return
    }
    count += 1
    const draft = readRow(row, cells, heads, schema, faults)
    if (draft === undefined) return
    const code = codeOf(draft).toLowerCase()
    const first = seen.get(code)
    if (first === undefined) {
      seen.set(code, row)
      rows.push({ row, draft })
    } else {
      faults.add({ row, field: 'code', cause: `stands in row ${first} already`, remedy: 'once' })
    }
  })
  if (heads === undefined) throw sheetProblem('no rows in it', 'a first row that names the columns')
  return { rows, count, faults, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function columnsOf(
  cells: readonly SheetCell[],
  columns: readonly ImportColumn[],
): readonly ImportColumn[] {
  const known = new Map(
    columns.flatMap((column) =>
      [column.field, ...column.names].map((name) => [plain(name), column]),
    ),
  )
  const heads = cells.map(({ text }) => {
    const column = known.get(plain(text))
    if (column) return column
    const names = columns.map(({ field }) => field).join(', ')
    throw sheetProblem(`row 1: no column “${text.slice(0, 60)}”`, `one of ${names}`)
  })
  if (new Set(heads).size < heads.length) {
    throw sheetProblem('row 1: a column stands twice', 'each once')
  }
  const missing = columns.filter((column) => column.required && !heads.includes(column))
  if (missing.length > 0) {
    const names = missing.map(({ field }) => field).join(', ')
    throw sheetProblem(`row 1: missing ${names}`, 'a first row that names the columns')
  }
  return heads
}

function readRow<S extends z.ZodObject>(
  row: number,
  cells: readonly SheetCell[],
  heads: readonly ImportColumn[],
  schema: S,
  faults: ImportFaults,
): z.output<S> | undefined {
  if (cells.length > heads.length) {
    faults.add({ row, field: '', cause: 'more cells than columns', remedy: 'as many' })
    return undefined
  }
  const computed = heads.filter((_, place) => cells[place]?.formula)
  for (const { field } of computed) {
    faults.add({ row, field, cause: 'a formula', remedy: 'the value itself' })
  }
  if (computed.length > 0) return undefined
  const said = saidIn(cells, heads)
  const parsed = schema.safeParse(said)
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? '')
    const fault = Object.hasOwn(said, field)
      ? { cause: message, remedy: 'as the cause says' }
      : { cause: 'missing', remedy: 'a value' }
    faults.add({ row, field, ...fault })
  }
  return undefined
}

/** What a row says of the fields it fills. */
function saidIn(cells: readonly SheetCell[], heads: readonly ImportColumn[]) {
  const said: Record<string, unknown> = {}
  for (const [place, { field, read }] of heads.entries()) {
    const text = cells[place]?.text.trim() ?? ''
    if (text !== '') said[field] = read ? read(text) : text
  }
  return said
}

/** Reads a word of an enumeration as itself or as a label in any language says it. */
export function wordReader(
  table: Readonly<Record<string, { readonly vi: string; readonly en: string }>>,
): (text: string) => string {
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

/** The outcome of a file that is wrong somewhere: nothing was or would be written. */
export function outcomeOf(
  {
    count,
    faults,
    sha256,
  }: { readonly count: number; readonly faults: ImportFaults; readonly sha256: string },
  acts: readonly SheetOutcome['sample'][number][],
): SheetOutcome {
  const of = (act: string) => acts.filter((one) => one.act === act).length
  return {
    ...{ rows: count, created: of('create'), updated: of('update'), skipped: of('skip') },
    ...{ fault_count: faults.count, faults: faults.told, sample: acts.slice(0, 20), sha256 },
  }
}

function plain(text: string): string {
  return foldVietnamese(text.trim()).replace(/[\s_-]+/g, ' ')
}
