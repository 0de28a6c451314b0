import type { IndicatorRecord } from './indicator-record.ts'

const entryBytes = 16
const step = 8_192

/**
 * What the entries of a layer need to be laid out. It stands in a buffer that grows in place, because the
 * system takes the memory of such a buffer back when the thread that made the layer ends; of many small
 * ones it does not.
 */
export class EntryList {
  readonly #buffer: ArrayBuffer
  readonly #parts: Int32Array
  readonly #most: number
  length = 0

  constructor(most: number) {
    this.#most = Math.max(most, 1)
    this.#buffer = new ArrayBuffer(0, { maxByteLength: this.#most * entryBytes })
    this.#parts = new Int32Array(this.#buffer)
  }

  /** Throws where the list is full. */
  push({ lo, hi, source, removal }: IndicatorRecord, at: number): void {
    if (this.length >= this.#most) throw new RangeError(`more than ${this.#most} entries`)
    const base = this.length * 4
    if (base >= this.#parts.length) {
      this.#buffer.resize(Math.min(this.length + step, this.#most) * entryBytes)
    }
    this.#parts[base] = lo
    this.#parts[base + 1] = hi
    this.#parts[base + 2] = at
    this.#parts[base + 3] = source | (removal ? 0x1_0000 : 0)
    this.length += 1
  }

  lo(entry: number): number {
    return this.#parts[entry * 4] ?? 0
  }

  hi(entry: number): number {
    return this.#parts[entry * 4 + 1] ?? 0
  }

  /** Place of the record, in units of four bytes. */
  at(entry: number): number {
    return (this.#parts[entry * 4 + 2] ?? 0) >>> 0
  }

  source(entry: number): number {
    return (this.#parts[entry * 4 + 3] ?? 0) & 0xffff
  }

  isRemoval(entry: number): boolean {
    return (this.#parts[entry * 4 + 3] ?? 0) > 0xffff
  }
}
