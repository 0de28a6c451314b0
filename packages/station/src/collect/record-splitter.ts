import { endOfObject } from './json-object-end.ts'
import { LineSplitter, type SplitLine } from './line-splitter.ts'

/** A document that holds many records: AWS CloudTrail's, or a list as Microsoft 365 exports it. */
const beginning = /^\s{0,16}(?:\{\s{0,16}"Records"\s{0,16}:\s{0,16}\[|\[)(?=\s{0,64}\{)/
/** What may become one with more bytes. */
const undecided = /^[ \t\r]*(?:\[\s*|\{[^\n]*)?$/
/** So many bytes show whether a document begins. */
const longestBeginning = 128
const mayBegin = new Set(Buffer.from('{[ \t\r'))
const separators = new Set(Buffer.from(' \t\r\n,'))
const openBrace = '{'.charCodeAt(0)
const lineFeed = '\n'.charCodeAt(0)
const nothing = Buffer.alloc(0)

/**
 * Cuts the bytes of a file into records: lines, and of a document `{"Records":[…]}` or `[{…},{…}]` each object as it
 * was written, however long the document. Where an object does not end within `longest`, or something else stands in the
 * list, the rest is lines again. The lengths of what is answered add up to the bytes taken in. Holds at most `longest`
 * bytes and the chunk given.
 */
export class RecordSplitter {
  readonly #longest: number
  readonly #lines: LineSplitter
  #rest: Buffer = nothing
  #isInside: boolean

  /** `isInside`: it begins between the records of a document, where a reader went on that had been stopped. */
  constructor(longest: number, kept: number, isInside = false) {
    this.#longest = longest
    this.#lines = new LineSplitter(longest, kept)
    this.#isInside = isInside
  }

  /** Bytes taken in that belong to no record answered yet. */
  get pending(): number {
    return this.#rest.length + this.#lines.pending
  }

  push(chunk: Uint8Array): SplitLine[] {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let bytes = this.#rest.length === 0 ? fresh : Buffer.concat([this.#rest, fresh])
    this.#rest = nothing
    const records: SplitLine[] = []
    while (bytes.length > 0) {
      const wasInside = this.#isInside
      const taken = wasInside ? this.#object(bytes, records) : this.#line(bytes, records)
      if (taken === 0 && wasInside === this.#isInside) break
      bytes = bytes.subarray(taken)
    }
    // A copy, lest a few bytes keep a whole chunk.
    if (bytes.length > 0) this.#rest = Buffer.from(bytes)
    return records
  }

  /** What is left when the file ends without a line end; of a document that ended, bytes of no record. */
  end(): SplitLine | undefined {
    const rest = this.#rest
    this.#rest = nothing
    if (this.#isInside) {
      this.#isInside = false
      const isEnd = /^[\s,\]}]*$/.test(rest.subarray(0, longestBeginning).toString('latin1'))
      if (rest.length === 0) return undefined
      const start = rest.findIndex((byte) => !separators.has(byte))
      return { bytes: isEnd ? nothing : rest.subarray(start), length: rest.length }
    }
    // More than one only where nothing stands behind a bracket.
    const last = [...this.#lines.push(rest), this.#lines.end()].filter((line) => line !== undefined)
    const [first] = last
    return first && { ...first, length: last.reduce((sum, { length }) => sum + length, 0) }
  }

  /** Takes the next object, or the end of the list with the rest of its line; 0: more bytes are needed. */
  #object(bytes: Buffer, records: SplitLine[]): number {
    let start = 0
    while (separators.has(bytes[start] ?? -1)) start++
    if (start === bytes.length) return 0
    const end = endOfObject(bytes, start)
    if (end !== undefined) {
      records.push({ bytes: Buffer.from(bytes.subarray(start, end)), length: end })
      return end
    }
    if (bytes[start] === openBrace && bytes.length - start <= this.#longest) return 0
    if (bytes[start] !== openBrace) return this.#close(bytes, start, records)
    this.#isInside = false
    return this.#skip(start, records)
  }

  /** `]}` and the end of its line; anything else is a line of its own. */
  #close(bytes: Buffer, start: number, records: SplitLine[]): number {
    const feed = bytes.indexOf(lineFeed, start)
    const tail = bytes
      .subarray(start, feed < 0 ? start + longestBeginning : feed)
      .toString('latin1')
    const isEnd = /^\]\s*\}?\s*$/.test(tail)
    if (isEnd && feed < 0) return 0
    this.#isInside = false
    return this.#skip(isEnd ? feed + 1 : start, records)
  }

  /** Bytes that are no record count as an empty one. */
  #skip(length: number, records: SplitLine[]): number {
    if (length > 0) records.push({ bytes: nothing, length })
    return length
  }

  #line(bytes: Buffer, records: SplitLine[]): number {
    if (this.#lines.pending === 0 && mayBegin.has(bytes[0] ?? -1)) {
      const head = bytes.subarray(0, longestBeginning).toString('latin1')
      const found = beginning.exec(head)
      if (found) {
        this.#isInside = true
        return this.#skip(found[0].length, records)
      }
      if (bytes.length < longestBeginning && undecided.test(head)) return 0
    }
    const feed = bytes.indexOf(lineFeed)
    const taken = feed < 0 ? bytes.length : feed + 1
    records.push(...this.#lines.push(bytes.subarray(0, taken)))
    return taken
  }
}
