/** Writes numbers and texts one after the other into bytes. */
export class ByteWriter {
  #bytes = new Uint8Array(1_024)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  /** A whole number from 0 to 2^32 − 1, in 1 to 5 bytes. */
  whole(value: number): void {
    this.#reserve(5)
    let left = value >>> 0
    while (left > 0x7f) {
      this.#bytes[this.#length++] = (left & 0x7f) | 0x80
      left >>>= 7
    }
    this.#bytes[this.#length++] = left
  }

  /** Any number, in 8 bytes. */
  number(value: number): void {
    this.#reserve(8)
    this.#view.setFloat64(this.#length, value)
    this.#length += 8
  }

  /** A text by its code units, so that even half characters come back: one byte each where possible, else two. */
  text(value: string): void {
    const head = this.#length
    this.whole(value.length * 2)
    this.#reserve(value.length * 2)
    const from = this.#length
    const bytes = this.#bytes
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i)
      if (unit > 0xff) {
        // The lowest bit of the length says that units are wide.
        bytes[head] = (bytes[head] ?? 0) | 1
        this.#wide(value)
        return
      }
      bytes[from + i] = unit
    }
    this.#length = from + value.length
  }

  /** Bytes written since the last `take`. */
  get length(): number {
    return this.#length
  }

  /** What was written since the last time. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  #wide(value: string): void {
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i)
      this.#bytes[this.#length++] = unit >>> 8
      this.#bytes[this.#length++] = unit & 0xff
    }
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}
