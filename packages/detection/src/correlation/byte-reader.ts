/** The bytes are not those of a snapshot. */
export class SnapshotProblem extends Error {
  override readonly name = 'SnapshotProblem'
}

/** In bytes, even. */
const longestPiece = 4_096

/** Reads what a ByteWriter wrote. Every method throws SnapshotProblem where the bytes do not go on as they should. */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length
  }

  whole(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new SnapshotProblem('the snapshot ends too early')
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new SnapshotProblem('the snapshot holds no number where one is due')
  }

  number(): number {
    this.#need(8)
    const value = this.#view.getFloat64(this.#at)
    this.#at += 8
    return value
  }

  text(): string {
    const head = this.whole()
    const width = head % 2 === 0 ? 1 : 2
    const length = Math.floor(head / 2)
    this.#need(length * width)
    const end = this.#at + length * width
    let text = ''
    while (this.#at < end) text += this.#units(Math.min(end - this.#at, longestPiece), width)
    return text
  }

  #units(size: number, width: number): string {
    const piece = this.#bytes.subarray(this.#at, this.#at + size)
    this.#at += size
    if (width === 1) return textOf(piece)
    const units = new Uint16Array(size >> 1)
    for (let i = 0; i < units.length; i++) {
      units[i] = (piece[i * 2] ?? 0) * 256 + (piece[i * 2 + 1] ?? 0)
    }
    return textOf(units)
  }

  #need(count: number): void {
    if (this.#at + count > this.#bytes.length) {
      throw new SnapshotProblem('the snapshot ends too early')
    }
  }
}

/** Not spread: that would go through an iterator. */
function textOf(units: Uint8Array | Uint16Array): string {
  return Reflect.apply(String.fromCharCode, undefined, units)
}
