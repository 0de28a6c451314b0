const encoder = new TextEncoder()

/**
 * Texts one after the other as UTF-8, written as they come: held as strings until the end, the texts of a
 * large batch would outlive the young generation of the heap and be copied out of it. Keeps its memory.
 */
export class TextWriter {
  #bytes = new Uint8Array(65_536)
  #end = 0

  /** Bytes written so far. */
  get length(): number {
    return this.#end
  }

  write(text: string): void {
    // A UTF-16 unit is at most three bytes.
    const most = this.#end + 3 * text.length
    if (most > this.#bytes.length) this.#grow(most)
    this.#end += encoder.encodeInto(text, this.#bytes.subarray(this.#end)).written
  }

  /** A copy of what was written; begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#end)
    this.clear()
    return taken
  }

  clear(): void {
    this.#end = 0
  }

  #grow(room: number): void {
    const larger = new Uint8Array(Math.max(room, 2 * this.#bytes.length))
    larger.set(this.#bytes.subarray(0, this.#end))
    this.#bytes = larger
  }
}
