/** Bytes that are no protobuf message. */
export class ProtobufFault extends Error {
  override readonly name = 'ProtobufFault'
}

/** Kinds of fields on the wire. */
export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

/**
 * Reads one message of the Protocol Buffers wire format, field by field: `next()` moves to a field, then
 * exactly one of the readers takes its value. Throws ProtobufFault where bytes are missing or senseless;
 * never reads past its slice.
 */
export class ProtobufReader {
  readonly #bytes: Buffer
  #at = 0
  #wire = 0
  /** Number of the field `next()` found. */
  field = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** Moves to the next field; false at the end. */
  next(): boolean {
    if (this.#at >= this.#bytes.length) return false
    const tag = Number(this.#varint())
    this.field = Math.floor(tag / 8)
    this.#wire = tag % 8
    if (this.field === 0) throw new ProtobufFault('field number 0')
    return true
  }

  varint(): bigint {
    this.#require(wire.varint)
    return this.#varint()
  }

  fixed64(): bigint {
    this.#require(wire.fixed64)
    return this.#bytes.readBigUInt64LE(this.#take(8))
  }

  double(): number {
    this.#require(wire.fixed64)
    return this.#bytes.readDoubleLE(this.#take(8))
  }

  fixed32(): number {
    this.#require(wire.fixed32)
    return this.#bytes.readUInt32LE(this.#take(4))
  }

  bytes(): Buffer {
    this.#require(wire.bytes)
    const length = Number(this.#varint())
    const from = this.#take(length)
    return this.#bytes.subarray(from, from + length)
  }

  text(): string {
    return this.bytes().toString('utf8')
  }

  /** Passes over a field that is not known here. */
  skip(): void {
    if (this.#wire === wire.varint) this.#varint()
    else if (this.#wire === wire.fixed64) this.#take(8)
    else if (this.#wire === wire.fixed32) this.#take(4)
    else if (this.#wire === wire.bytes) this.#take(Number(this.#varint()))
    else throw new ProtobufFault(`wire type ${this.#wire}`)
  }

  #require(kind: number): void {
    if (this.#wire !== kind)
      throw new ProtobufFault(`field ${this.field} has wire type ${this.#wire}`)
  }

  /** Ten groups of seven bits at most; more than 64 bits are cut off. */
  #varint(): bigint {
    let value = 0
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = this.#byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return BigInt(value)
    }
    let large = BigInt(value)
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte()
      large |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, large)
    }
    throw new ProtobufFault('a number that does not end')
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] ?? 0
  }

  #take(length: number): number {
    const from = this.#at
    if (length > this.#bytes.length - from) throw new ProtobufFault('the message ends early')
    this.#at = from + length
    return from
  }
}
