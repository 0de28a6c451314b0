const newline = 0x0a

/** A line, or the beginning of one that was too long. */
export interface SplitLine {
  /** Without line end. */
  readonly bytes: Uint8Array
  /** Length of the whole line if `bytes` is only its beginning. */
  readonly cutFrom?: number
  /** Bytes of input it took, line end included. */
  readonly length: number
}

/**
 * Cuts a stream of bytes into lines. A line longer than `longest` is answered with its first `kept` bytes
 * and its full length; the stream goes on after it. Holds at most `longest` bytes.
 */
export class LineSplitter {
  readonly #longest: number
  readonly #kept: number
  #parts: Uint8Array[] = []
  #held = 0
  /** Bytes of an over-long line already let go. */
  #skipped = 0

  constructor(longest: number, kept: number) {
    this.#longest = longest
    this.#kept = kept
  }

  /** Bytes taken in that belong to no line answered yet. */
  get pending(): number {
    return this.#held + this.#skipped
  }

  /** Those of them that are kept in memory. */
  get held(): number {
    return this.#held
  }

  push(chunk: Uint8Array): SplitLine[] {
    const lines: SplitLine[] = []
    let from = 0
    // Only that of a Buffer looks at many bytes at a time.
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      this.#take(chunk.subarray(from, end))
      lines.push(this.#finish(1))
      from = end + 1
    }
    this.#take(alone(chunk.subarray(from)))
    return lines
  }

  /** What is left when the stream ends without a line end. */
  end(): SplitLine | undefined {
    return this.pending > 0 ? this.#finish(0) : undefined
  }

  #take(part: Uint8Array): void {
    if (part.length === 0) return
    if (this.#skipped > 0 || this.#held + part.length > this.#longest) {
      const room = Math.max(0, this.#kept - this.#held)
      if (this.#skipped === 0) this.#shorten()
      if (room > 0) this.#hold(part.subarray(0, room))
      this.#skipped += part.length - Math.min(room, part.length)
      return
    }
    this.#hold(part)
  }

  /** Keeps only the first bytes of a line that turns out too long. */
  #shorten(): void {
    if (this.#held <= this.#kept) return
    const beginning = Buffer.concat(this.#parts, this.#held).subarray(0, this.#kept)
    this.#skipped = this.#held - this.#kept
    this.#parts = [beginning]
    this.#held = this.#kept
  }

  #hold(part: Uint8Array): void {
    this.#parts.push(part)
    this.#held += part.length
  }

  #finish(ending: number): SplitLine {
    const whole = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts, this.#held)
    const bytes = withoutReturn(whole ?? new Uint8Array(0))
    const full = this.#held + this.#skipped
    const line = { bytes, length: full + ending, ...(this.#skipped > 0 && { cutFrom: full }) }
    this.#parts = []
    this.#held = 0
    this.#skipped = 0
    return line
  }
}

/** The same bytes; copied if they would keep a much larger piece of memory alive while the rest is waited for. */
export function alone(part: Uint8Array): Uint8Array {
  return part.length < part.buffer.byteLength / 2 ? Uint8Array.from(part) : part
}

function withoutReturn(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes
}
