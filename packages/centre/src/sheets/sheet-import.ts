import { createHash } from 'node:crypto'
import { label } from '@haidang/contracts/label'
import type { SheetImport } from '@haidang/contracts/sheet-import'
import { type Between, readSheet } from '@haidang/runtime/sheets/read-sheet'
import type { SheetCell } from '@haidang/runtime/sheets/sheet'
import { SheetProblem } from '@haidang/runtime/sheets/sheet-problem'
import type { z } from 'zod'
import { columnsOf, type ImportColumn, namesTheColumns, refusalColumns } from './sheet-columns.ts'
import { ImportFaults, tellIssue } from './sheet-faults.ts'

/** A row that is right by itself. */
export interface ImportRow<T> {
  readonly row: number
  readonly draft: T
}

/** What a file is read as. */
export interface ImportShape<S extends z.ZodObject> {
  readonly columns: readonly ImportColumn[]
  readonly schema: S
  /** What no two rows may have the same of, and the field it stands in. */
  readonly keyOf: (draft: z.output<S>) => string
  readonly keyField: string
  /** Adds what a row says to the row above where it only continues that one; whether it did. */
  readonly continues?: (above: Said, said: Said) => boolean
}

/** What a row says of the fields it fills, not judged yet. */
export type Said = Record<string, unknown>

interface Taker<T> {
  readonly faults: ImportFaults
  readonly take: (row: ImportRow<T>) => void
  readonly between?: Between
}

/** A file as it is kept: its bytes and what they are. */
export interface SheetFile {
  readonly bytes: Uint8Array
  readonly format: SheetImport['format']
}

export function fileOf({ content, format }: Pick<SheetImport, 'content' | 'format'>): SheetFile {
  return { bytes: Buffer.from(content, 'base64'), format }
}

export function sha256Of({ bytes }: SheetFile): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Reads a file whose first row names its columns, row by row, and answers how many rows it has. What a row says is
 * judged by the schema; formulas, keys that stand twice and what the schema refuses become faults. Throws Problem
 * sheet.unreadable, also for unknown and missing columns.
 */
export async function readRows<S extends z.ZodObject>(
  { bytes, format }: SheetFile,
  shape: ImportShape<S>,
  taker: Taker<z.output<S>>,
): Promise<number> {
  let reader: RowReader<S> | undefined
  await readSheet(
    bytes,
    format,
    (row, cells) => {
      if (reader) reader.read(row, cells)
      else reader = new RowReader(shape, columnsOf(cells, shape.columns), taker)
    },
    taker.between,
  )
  if (!reader) throw new SheetProblem(label('không có dòng nào', 'no rows in it'), namesTheColumns)
  reader.end()
  return reader.count
}

/** As `readRows`, all rows at once. */
export async function readImport<S extends z.ZodObject>(
  asked: Pick<SheetImport, 'content' | 'format'>,
  shape: ImportShape<S>,
  faults = new ImportFaults(),
) {
  const file = fileOf(asked)
  const rows: ImportRow<z.output<S>>[] = []
  const count = await readRows(file, shape, { faults, take: (row) => rows.push(row) })
  return { rows, count, faults, sha256: sha256Of(file) }
}

class RowReader<S extends z.ZodObject> {
  readonly #shape: ImportShape<S>
  readonly #heads: readonly ImportColumn[]
  readonly #taker: Taker<z.output<S>>
  readonly #seen = new Map<string, number>()
  /** Not judged before it is known that the next row does not continue it. */
  #open: { readonly row: number; readonly said: Said } | undefined
  count = 0

  constructor(shape: ImportShape<S>, heads: readonly ImportColumn[], taker: Taker<z.output<S>>) {
    this.#shape = shape
    this.#heads = heads
    this.#taker = taker
  }

  read(row: number, cells: readonly SheetCell[]): void {
    this.count += 1
    const said = this.#said(row, cells)
    if (!said) return
    if (this.#open && this.#shape.continues?.(this.#open.said, said)) {
      this.#taker.faults.continued.set(row, this.#open.row)
      return
    }
    this.end()
    this.#open = { row, said }
  }

  /** Judges the last row. */
  end(): void {
    if (this.#open) this.#judge(this.#open.row, this.#open.said)
    this.#open = undefined
  }

  #said(row: number, cells: readonly SheetCell[]): Said | undefined {
    const { faults } = this.#taker
    if (cells.length > this.#heads.length) {
      faults.tell(row, '', 'more-cells')
      return undefined
    }
    const computed = this.#heads.filter((_, place) => cells[place]?.formula)
    for (const { field } of computed) faults.tell(row, field, 'formula')
    if (computed.length > 0) return undefined
    const said: Said = {}
    for (const [place, column] of this.#heads.entries()) {
      const text = cells[place]?.text.trim() ?? ''
      if (text === '' || refusalColumns.includes(column)) continue
      said[column.field] = column.read ? column.read(text) : text
    }
    return said
  }

  #judge(row: number, said: Said): void {
    const { columns, schema, keyOf, keyField } = this.#shape
    const { faults, take } = this.#taker
    const parsed = schema.safeParse(said)
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const field = String(issue.path[0] ?? '')
        const column = columns.find((one) => one.field === field) ?? { field }
        tellIssue(faults, row, column, said[field], issue)
      }
      return
    }
    const key = keyOf(parsed.data).toLowerCase()
    const first = this.#seen.get(key)
    if (first === undefined) {
      this.#seen.set(key, row)
      take({ row, draft: parsed.data })
    } else faults.tell(row, keyField, 'repeated', { row: first })
  }
}
