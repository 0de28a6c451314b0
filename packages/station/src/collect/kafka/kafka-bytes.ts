import { ProtocolError } from '../protocol-error.ts'

/** Reads the words of Kafka's protocol one after the other; throws ProtocolError where bytes end before a word does. */
export class KafkaBytes {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  int8(): number {
    return this.#bytes.readInt8(this.#step(1))
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#step(2))
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#step(4))
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#step(4))
  }

  /** As a number: offsets and times stay below 2^53. */
  int64(): number {
    return Number(this.#bytes.readBigInt64BE(this.#step(8)))
  }

  /** A producer's id can be any number. */
  id64(): bigint {
    return this.#bytes.readBigInt64BE(this.#step(8))
  }

  /** A whole number of up to 64 bits in zig-zag. */
  varint(): number {
    let shift = 1
    let value = 0
    for (let count = 0; count < 10; count++) {
      const byte = this.#bytes[this.#step(1)] ?? 0
      value += (byte & 0x7f) * shift
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
      shift *= 128
    }
    throw new ProtocolError('a number of more than ten octets')
  }

  /** A view of so many bytes. */
  take(length: number): Buffer {
    const from = this.#step(length)
    return this.#bytes.subarray(from, this.#at)
  }

  string(): string {
    const length = this.int16()
    return length < 0 ? '' : this.take(length).toString('utf8')
  }

  /** Things one after the other behind their number; none where that is negative. */
  list<Item>(read: () => Item): Item[] {
    const count = this.int32()
    const items: Item[] = []
    for (let index = 0; index < count; index++) items.push(read())
    return items
  }

  #step(length: number): number {
    if (!(length >= 0 && length <= this.left))
      throw new ProtocolError(`${length} octets wanted, ${this.left} left`)
    const from = this.#at
    this.#at += length
    return from
  }
}
