import type { EntryList } from './entry-list.ts'
import { everySource } from './indicator-record.ts'
import {
  emptyTable,
  firstPlace,
  freePlace,
  type IndicatorTable,
  nextPlace,
} from './indicator-table.ts'

/** Sources whose statements about one indicator are kept. */
const mostStatements = 16
/** Entries with one fingerprint, what takes back included. */
const mostAlike = 64

/** A table, and how many entries of which sort stand in it. */
export interface FilledTable {
  readonly table: IndicatorTable
  readonly statements: number
  readonly removals: number
}

/** Lays entries out in a table, without those for which an entry before them stands. `starts`: where each older layer begins. */
export function fillTable(entries: EntryList, starts: readonly number[]): FilledTable {
  return new TableFiller(entries, starts).fill()
}

class TableFiller {
  readonly #entries: EntryList
  readonly #starts: readonly number[]
  readonly #table: IndicatorTable
  /** Entry at each place of the table. */
  readonly #entryAt: Uint32Array
  #start = 0

  constructor(entries: EntryList, starts: readonly number[]) {
    this.#entries = entries
    this.#starts = [...starts, Number.POSITIVE_INFINITY]
    this.#table = emptyTable(entries.length)
    const bytes = this.#table.lo.byteLength
    // Resizable for the same reason as the list of entries.
    this.#entryAt = new Uint32Array(new ArrayBuffer(bytes, { maxByteLength: bytes }))
  }

  fill(): FilledTable {
    let statements = 0
    let removals = 0
    let next = 0
    for (let entry = 0; entry < this.#entries.length; entry++) {
      while (entry >= (this.#starts[next] ?? 0)) this.#start = this.#starts[next++] ?? 0
      if (!this.#lay(entry)) continue
      if (this.#entries.isRemoval(entry)) removals += 1
      else statements += 1
    }
    return { table: this.#table, statements, removals }
  }

  #lay(entry: number): boolean {
    const lo = this.#entries.lo(entry)
    const hi = this.#entries.hi(entry)
    if (this.#isSpokenFor(entry, lo, hi)) return false
    const place = freePlace(this.#table, lo)
    if (place < 0) return false
    this.#table.lo[place] = lo
    this.#table.hi[place] = hi
    this.#table.at[place] = this.#entries.at(entry)
    this.#entryAt[place] = entry
    return true
  }

  #isSpokenFor(entry: number, lo: number, hi: number): boolean {
    const source = this.#entries.source(entry)
    let statements = 0
    let alike = 0
    let place = firstPlace(this.#table, lo, hi)
    for (; place >= 0; place = nextPlace(this.#table, place, lo, hi)) {
      const other = this.#entryAt[place] ?? 0
      const said = this.#entries.source(other)
      if (said === source || (said === everySource && other < this.#start)) return true
      alike += 1
      if (!this.#entries.isRemoval(other)) statements += 1
    }
    if (alike >= mostAlike) return true
    return statements >= mostStatements && !this.#entries.isRemoval(entry)
  }
}
