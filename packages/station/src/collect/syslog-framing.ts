import { alone, LineSplitter, type SplitLine } from './line-splitter.ts'

const space = 0x20
const newline = 0x0a
/** Digits of a message length, a space, and `<`: what starts an octet-counted message (RFC 6587 section 3.4.1). */
const countPattern = /^[1-9]\d{0,8} $/

interface Counted {
  /** Bytes of the message still to come. */
  left: number
  readonly full: number
  readonly parts: Uint8Array[]
  held: number
}

/**
 * Takes a TCP stream of syslog apart (RFC 6587): messages are counted or end with a line feed; which, is
 * recognised at the start of every message, so a sender that mixes both is read, too. An over-long message is
 * answered with its first bytes.
 */
export class SyslogFraming {
  readonly #longest: number
  readonly #kept: number
  readonly #lines: LineSplitter
  #head: Uint8Array = new Uint8Array(0)
  #counted: Counted | undefined
  #inLine = false

  constructor(longest: number, kept: number) {
    this.#longest = longest
    this.#kept = kept
    this.#lines = new LineSplitter(longest, kept)
  }

  /** Bytes taken in of a message that is not whole. */
  get pending(): number {
    const counted = this.#counted
    return this.#head.length + this.#lines.pending + (counted ? 1 + counted.full - counted.left : 0)
  }

  /** Those of them that are kept in memory. */
  get held(): number {
    return this.#head.length + this.#lines.held + (this.#counted?.held ?? 0)
  }

  push(chunk: Uint8Array): SplitLine[] {
    const found: SplitLine[] = []
    let rest = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk
    this.#head = new Uint8Array(0)
    while (rest.length > 0) {
      const before = rest.length
      rest = this.#step(rest, found)
      if (rest.length === before) {
        this.#head = alone(rest)
        break
      }
    }
    return found
  }

  /** What is left when the connection ends within a message. */
  end(): SplitLine | undefined {
    if (this.#counted) return this.#finishCounted(this.#counted)
    if (this.#head.length > 0) this.#lines.push(this.#head)
    return this.#lines.end()
  }

  /** Takes one message or a part of one; the same bytes back mean: too few to tell. */
  #step(rest: Uint8Array, found: SplitLine[]): Uint8Array {
    if (this.#counted) return this.#takeCounted(this.#counted, rest, found)
    if (this.#inLine) return this.#takeLine(rest, found)
    if (rest[0] === newline) return rest.subarray(1)
    const count = readCount(rest)
    if (count === 'unknown') return rest
    if (count === undefined) {
      this.#inLine = true
      return this.#takeLine(rest, found)
    }
    this.#counted = { left: count.length, full: count.length, parts: [], held: 0 }
    return rest.subarray(count.end)
  }

  #takeLine(rest: Uint8Array, found: SplitLine[]): Uint8Array {
    const end = rest.indexOf(newline)
    const part = end < 0 ? rest : rest.subarray(0, end + 1)
    found.push(...this.#lines.push(part))
    if (end >= 0) this.#inLine = false
    return rest.subarray(part.length)
  }

  #takeCounted(counted: Counted, rest: Uint8Array, found: SplitLine[]): Uint8Array {
    const part = rest.subarray(0, counted.left)
    const limit = counted.full > this.#longest ? this.#kept : counted.full
    const kept = part.subarray(0, Math.max(0, limit - counted.held))
    if (kept.length > 0) counted.parts.push(part.length < counted.left ? alone(kept) : kept)
    counted.held += kept.length
    counted.left -= part.length
    if (counted.left === 0) found.push(this.#finishCounted(counted))
    return rest.subarray(part.length)
  }

  #finishCounted(counted: Counted): SplitLine {
    this.#counted = undefined
    const { parts, held, full } = counted
    const bytes = Buffer.concat(parts, held)
    return { bytes, length: full, ...(full > this.#longest && { cutFrom: full }) }
  }
}

/** `LEN SP` before `<` or `{`; unknown: more bytes are needed to tell. */
function readCount(bytes: Uint8Array): { length: number; end: number } | 'unknown' | undefined {
  const head = bytes.subarray(0, 11)
  const end = head.indexOf(space)
  if (end < 0) return /^[1-9]\d{0,8}$/.test(textOf(head)) ? 'unknown' : undefined
  const text = textOf(head.subarray(0, end + 1))
  if (!countPattern.test(text)) return undefined
  const next = bytes[end + 1]
  if (next === undefined) return 'unknown'
  return next === 0x3c || next === 0x7b ? { length: Number(text), end: end + 1 } : undefined
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
