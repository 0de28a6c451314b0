import { AttributionIndex, isInnerRange } from '../modules/attribution/attribution-index.ts'
import type { RangeEntry } from './range-entry.ts'

/** A range of a file: which row says it, of whose system. */
export interface FileRange extends RangeEntry {
  readonly row: number
  readonly organisation_id: string
}

/** All ranges of a file, so that no two rows have one at the same time. */
export class FileRanges {
  readonly #index: AttributionIndex
  readonly #known = new Map<string, FileRange[]>()
  count = 0

  constructor(seed: number) {
    this.#index = new AttributionIndex(seed)
  }

  /** Adds a range; answers the row that has it at some time of its already. */
  add(range: FileRange): number | undefined {
    const key = `${range.kind} ${range.text} ${isInnerRange(range) ? range.organisation_id : ''}`
    const same = this.#known.get(key)
    const other = same?.find(({ from, until }) => from < range.until && range.from < until)
    if (other) return other.row
    if (same) same.push(range)
    else this.#known.set(key, [range])
    this.count += 1
    this.#index.add({ ...range, system_id: String(range.row) })
    return undefined
  }

  /** Ranges that lie within one of another organisation of the file. */
  *within(): Iterable<{ readonly range: FileRange; readonly row: number; readonly text: string }> {
    for (const range of this.all()) {
      const found = this.#index.above(range, range.from, range.organisation_id)
      if (found && found.organisation_id !== range.organisation_id) {
        yield { range, row: Number(found.system_id), text: found.text }
      }
    }
  }

  *all(): Iterable<FileRange> {
    for (const ranges of this.#known.values()) yield* ranges
  }
}
