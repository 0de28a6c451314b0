import type { IndicatorRecord } from './indicator-record.ts'

const chunkLength = 8_192

/** What the entries of a layer need to be laid out: in chunks, so that growing copies nothing. */
export class EntryList {
  readonly #chunks: Int32Array[] = []
  length = 0

  push({ lo, hi, source, removal }: IndicatorRecord, at: number): void {
    const base = (this.length % chunkLength) * 4
    if (base === 0) this.#chunks.push(new Int32Array(chunkLength * 4))
    const chunk = this.#chunks.at(-1)
    if (chunk === undefined) return
    chunk[base] = lo
    chunk[base + 1] = hi
    chunk[base + 2] = at
    chunk[base + 3] = source | (removal ? 0x1_0000 : 0)
    this.length += 1
  }

  lo(entry: number): number {
    return this.#part(entry, 0)
  }

  hi(entry: number): number {
    return this.#part(entry, 1)
  }

  /** Place of the record, in units of four bytes. */
  at(entry: number): number {
    return this.#part(entry, 2) >>> 0
  }

  source(entry: number): number {
    return this.#part(entry, 3) & 0xffff
  }

  isRemoval(entry: number): boolean {
    return this.#part(entry, 3) > 0xffff
  }

  #part(entry: number, part: number): number {
    const chunk = this.#chunks[Math.floor(entry / chunkLength)]
    return chunk?.[(entry % chunkLength) * 4 + part] ?? 0
  }
}
