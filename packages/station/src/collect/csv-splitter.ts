import type { CsvReading } from '@haidang/contracts/record-reading'
import { quoteOf, separatorsOf } from '../parse/csv-record.ts'
import { LineSplitter, type SplitLine } from './line-splitter.ts'

/** What a file of separated values says of itself before its records come. */
export interface CsvFile {
  readonly csv: CsvReading | undefined
  /** The line that named its columns, where it was read before; undefined: not known. */
  readonly names: string | undefined
  /** The first record names them. */
  readonly firstLineNames: boolean
}

const lineFeed = 0x0a
const remark = 0x23
const byteOrderMark: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf])
/** A record longer than this is read line by line: its quote was no quote. */
const longestJoined = 65_536
const nothing = Buffer.alloc(0)

/** Where in a record the reader stands. */
type Place = 'start' | 'plain' | 'quoted' | 'closing'

/**
 * Cuts bytes into records of separated values: lines, and the lines of a quoted value that holds line ends together
 * (RFC 4180). Where a quote is not closed within 64 kB, the lines up to there are records by themselves. The
 * lengths of what is answered add up to the bytes taken in. Holds at most `longest` bytes and the chunk given.
 */
export class CsvSplitter {
  readonly #lines: LineSplitter
  readonly #csv: CsvReading | undefined
  readonly #quote: number | undefined
  #separators: ReadonlySet<number>
  #awaitsNames: boolean
  /** From the beginning of a record on. */
  #held: Buffer = nothing
  /** So many of them were looked at. */
  #seen = 0
  #place: Place = 'start'

  /** Lines that were read until the file ended within a quote. */
  readonly #last: SplitLine[] = []

  constructor(longest: number, kept: number, { csv, names, firstLineNames }: CsvFile) {
    this.#lines = new LineSplitter(longest, kept)
    this.#csv = csv
    this.#quote = quoteOf(csv) === '' ? undefined : quoteOf(csv).charCodeAt(0)
    this.#separators = codesOf(separatorsOf(names, csv))
    this.#awaitsNames = firstLineNames && names === undefined
  }

  /** Bytes taken in that belong to no record answered yet. */
  get pending(): number {
    return this.#held.length + this.#lines.pending
  }

  push(chunk: Uint8Array): SplitLine[] {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let bytes = this.#held.length === 0 ? fresh : Buffer.concat([this.#held, fresh])
    const records: SplitLine[] = []
    while (bytes.length > 0) {
      const taken =
        this.#lines.pending > 0 ? this.#line(bytes, records) : this.#record(bytes, records)
      if (taken === 0) break
      bytes = bytes.subarray(taken)
    }
    this.#held = bytes.length === 0 ? nothing : Buffer.from(bytes)
    return records
  }

  /** A record of what is left when the file ends, call by call: lines, where a quote is still open. */
  end(): SplitLine | undefined {
    this.#last.push(...this.#lines.push(this.#held))
    this.#held = nothing
    this.#begin()
    return this.#last.shift() ?? this.#lines.end()
  }

  #begin(): void {
    this.#seen = 0
    this.#place = 'start'
  }

  /** Takes a record; 0: more bytes are needed. */
  #record(bytes: Buffer, records: SplitLine[]): number {
    const end = this.#endOf(bytes.subarray(0, longestJoined))
    if (end >= 0) {
      const whole = bytes.subarray(0, end)
      const line = whole.at(-1) === 0x0d ? whole.subarray(0, -1) : whole
      records.push({ bytes: line, length: end + 1 })
      this.#learn(line)
      this.#begin()
      return end + 1
    }
    if (bytes.length < longestJoined) return 0
    records.push(...this.#lines.push(bytes.subarray(0, longestJoined)))
    this.#begin()
    return longestJoined
  }

  /** The rest of a line whose beginning is there. */
  #line(bytes: Buffer, records: SplitLine[]): number {
    const feed = bytes.indexOf(lineFeed)
    const taken = feed < 0 ? bytes.length : feed + 1
    records.push(...this.#lines.push(bytes.subarray(0, taken)))
    return taken
  }

  /** Where the line feed stands that ends a record; -1: not yet. */
  #endOf(bytes: Buffer): number {
    if (this.#quote === undefined || bytes[0] === remark) return bytes.indexOf(lineFeed)
    for (; this.#seen < bytes.length; this.#seen++) {
      const byte = bytes[this.#seen] ?? 0
      if (byte === lineFeed && this.#place !== 'quoted') return this.#seen
      if (this.#seen > 2 || !byteOrderMark.has(byte)) this.#place = this.#after(byte)
    }
    return -1
  }

  #after(byte: number): Place {
    const isQuote = byte === this.#quote
    if (this.#place === 'quoted') return isQuote ? 'closing' : 'quoted'
    if (isQuote && this.#place !== 'plain') return 'quoted'
    return this.#separators.has(byte) ? 'start' : 'plain'
  }

  /** The names show what stands between values. */
  #learn(line: Buffer): void {
    if (!this.#awaitsNames || line.length === 0 || line[0] === remark) return
    this.#awaitsNames = false
    this.#separators = codesOf(separatorsOf(line.toString(), this.#csv))
  }
}

function codesOf(separators: readonly string[]): ReadonlySet<number> {
  return new Set(Buffer.from(separators.join('')))
}
