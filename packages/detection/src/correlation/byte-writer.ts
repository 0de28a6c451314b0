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
    let wide = 0
    for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 0xff) wide = 1
    this.whole(value.length * 2 + wide)
    this.#reserve(value.length * 2)
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i)
      if (wide === 1) this.#bytes[this.#length++] = unit >>> 8
      this.#bytes[this.#length++] = unit & 0xff
    }
  }

  /** What was written. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}
