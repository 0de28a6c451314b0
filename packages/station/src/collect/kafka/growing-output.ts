import { ProtocolError } from '../protocol-error.ts'

/** What is unpacked, growing up to a bound; can repeat what is in it. Throws ProtocolError beyond the bound. */
export class GrowingOutput {
  readonly #most: number
  #bytes: Buffer
  #length = 0

  constructor(expected: number, most: number) {
    this.#most = most
    this.#bytes = Buffer.allocUnsafe(Math.max(64, Math.min(expected, most)))
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  add(piece: Buffer): void {
    this.#room(piece.length)
    piece.copy(this.#bytes, this.#length)
    this.#length += piece.length
  }

  /** Adds `length` bytes that stand `distance` before the end; they may run into themselves. */
  repeat(distance: number, length: number): void {
    if (distance <= 0 || distance > this.#length)
      throw new ProtocolError(`a copy from ${distance} before, after ${this.#length} octets`)
    this.#room(length)
    const to = this.#length
    // What stands there is doubled until it is long enough.
    for (let done = 0; done < length; ) {
      const step = Math.min(distance + done, length - done)
      this.#bytes.copyWithin(to + done, to - distance, to - distance + step)
      done += step
    }
    this.#length += length
  }

  #room(more: number): void {
    const wanted = this.#length + more
    if (wanted > this.#most) throw new ProtocolError(`more than ${this.#most} octets unpacked`)
    if (wanted <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(
      Math.min(this.#most, Math.max(wanted, 2 * this.#bytes.length)),
    )
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
