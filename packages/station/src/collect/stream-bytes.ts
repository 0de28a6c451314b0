/** Bytes of a stream that are not taken yet. What was handed out is never written over. */
export class StreamBytes {
  #buffer: Buffer = Buffer.alloc(0)
  #from = 0
  #to = 0

  get length(): number {
    return this.#to - this.#from
  }

  /** All that waits, as a view. */
  get view(): Buffer {
    return this.#buffer.subarray(this.#from, this.#to)
  }

  push(chunk: Buffer): void {
    if (this.length === 0) {
      this.#buffer = chunk
      this.#from = 0
      this.#to = chunk.length
      return
    }
    // Behind a chunk is no room, so what is written here is ours.
    if (this.#to + chunk.length > this.#buffer.length) this.#grow(chunk.length)
    chunk.copy(this.#buffer, this.#to)
    this.#to += chunk.length
  }

  /** Takes the first bytes away; the view stays good. */
  take(length: number): Buffer {
    const taken = this.#buffer.subarray(this.#from, this.#from + length)
    this.#from += taken.length
    return taken
  }

  #grow(more: number): void {
    const larger = Buffer.allocUnsafeSlow(2 * (this.length + more))
    const { length } = this
    this.view.copy(larger)
    this.#buffer = larger
    this.#from = 0
    this.#to = length
  }
}
