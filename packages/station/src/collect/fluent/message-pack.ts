import { isUtf8 } from 'node:buffer'
import { ProtocolError } from '../protocol-error.ts'

/** Deeper than any record people write; beyond it a record is refused. */
const deepest = 64

/** What a byte announces: bytes of its own after it, bytes of text or data, and values that follow. */
interface Head {
  readonly kind: 'number' | 'constant' | 'text' | 'binary' | 'array' | 'map' | 'extension'
  /** Bytes before the content: the type byte and a length. */
  readonly size: number
  /** Bytes of content, or of values how many. */
  readonly count: number
}

/** An extension (of Fluent: type 0 is the event time) or binary data, as they stand. */
export interface MessagePackExtension {
  readonly type: number
  readonly bytes: Buffer
}

/** The head of the value at `at`; undefined: its bytes are not all there. Throws ProtocolError for no head. */
export function headAt(bytes: Buffer, at: number): Head | undefined {
  const byte = bytes[at]
  if (byte === undefined) return undefined
  if (byte <= 0x7f || byte >= 0xe0) return { kind: 'number', size: 1, count: 0 }
  if (byte <= 0x8f) return { kind: 'map', size: 1, count: 2 * (byte & 0x0f) }
  if (byte <= 0x9f) return { kind: 'array', size: 1, count: byte & 0x0f }
  if (byte <= 0xbf) return { kind: 'text', size: 1, count: byte & 0x1f }
  const { kind, length, fixed = 0, times = 1, extra = 0 } = heads[byte - 0xc0] ?? neverUsed
  if (kind === undefined) throw new ProtocolError('no MessagePack')
  const size = 1 + length + extra
  if (at + size > bytes.length) return undefined
  const count = length === 0 ? fixed : bytes.readUIntBE(at + 1, length)
  return { kind, size, count: count * times }
}

interface HeadShape {
  readonly kind?: Head['kind']
  readonly length: number
  readonly fixed?: number
  readonly times?: number
  readonly extra?: number
}

const neverUsed: HeadShape = { length: 0 }
/** The bytes c0 to df, in order. */
const heads: readonly HeadShape[] = [
  { kind: 'constant', length: 0 },
  neverUsed,
  { kind: 'constant', length: 0 },
  { kind: 'constant', length: 0 },
  ...[1, 2, 4].map((length) => ({ kind: 'binary' as const, length })),
  ...[1, 2, 4].map((length) => ({ kind: 'extension' as const, length, extra: 1 })),
  ...[4, 8, 1, 2, 4, 8, 1, 2, 4, 8].map((fixed) => ({ kind: 'number' as const, length: 0, fixed })),
  ...[1, 2, 4, 8, 16].map((fixed) => ({ kind: 'extension' as const, length: 0, fixed, extra: 1 })),
  ...[1, 2, 4].map((length) => ({ kind: 'text' as const, length })),
  ...[2, 4].map((length) => ({ kind: 'array' as const, length })),
  ...[2, 4].map((length) => ({ kind: 'map' as const, length, times: 2 })),
]

/** Finds where a value of a stream ends, going on where it stood when more bytes come. */
export class ValueEnd {
  #at = 0
  #values = 1

  /** The length of the value at the start of `bytes`; undefined: it is not all there. Throws ProtocolError. */
  find(bytes: Buffer): number | undefined {
    while (this.#values > 0) {
      const head = headAt(bytes, this.#at)
      if (!head) return undefined
      const hasValues = head.kind === 'array' || head.kind === 'map'
      this.#at += head.size + (hasValues ? 0 : head.count)
      this.#values += (hasValues ? head.count : 0) - 1
    }
    return this.#at <= bytes.length ? this.#at : undefined
  }
}

/** Reads MessagePack from its beginning; every method throws ProtocolError where something else stands. */
export class MessagePackReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  /** What stands next. */
  get kind(): Head['kind'] {
    return this.#head().kind
  }

  /** Goes into an array; says how many values follow. */
  array(): number {
    return this.#enter('array')
  }

  /** Goes into a map; says how many pairs follow. */
  map(): number {
    return this.#enter('map') / 2
  }

  /** Text or binary data, as it stands. */
  bytes(): Buffer {
    const { kind, size, count } = this.#head()
    if (kind !== 'text' && kind !== 'binary') throw new ProtocolError(`${kind} for text`)
    return this.#take(size, count)
  }

  text(): string {
    return textOf(this.bytes())
  }

  extension(): MessagePackExtension {
    const { kind, size, count } = this.#head()
    if (kind !== 'extension') throw new ProtocolError(`${kind} for an extension`)
    const type = this.#bytes.readInt8(this.#at + size - 1)
    return { type, bytes: this.#take(size, count) }
  }

  number(): number | bigint {
    const { kind, size, count } = this.#head()
    if (kind !== 'number') throw new ProtocolError(`${kind} for a number`)
    const byte = this.#bytes[this.#at] ?? 0
    const content = this.#take(size, count)
    if (count === 0) return byte <= 0x7f ? byte : byte - 0x100
    if (byte === 0xca) return content.readFloatBE()
    if (byte === 0xcb) return content.readDoubleBE()
    if (byte === 0xcf) return content.readBigUInt64BE()
    if (byte === 0xd3) return content.readBigInt64BE()
    return byte <= 0xce ? content.readUIntBE(0, count) : content.readIntBE(0, count)
  }

  /** Null, false or true. */
  constant(): boolean | null {
    const byte = this.#bytes[this.#at]
    this.#take(1, 0)
    return byte === 0xc0 ? null : byte === 0xc3
  }

  /** Bytes of the next value. */
  get length(): number {
    const length = new ValueEnd().find(this.#bytes.subarray(this.#at))
    if (length === undefined) throw new ProtocolError('MessagePack ends within a value')
    return length
  }

  /** Passes one value over; says what stood there. */
  skip(): Buffer {
    return this.#take(0, this.length)
  }

  /** The next value as JSON. What JSON lacks becomes text: other data base64, keys their JSON. */
  json(depth = 0): string {
    if (depth > deepest) throw new ProtocolError('MessagePack is too deep')
    switch (this.kind) {
      case 'number':
        return printNumber(this.number())
      case 'constant':
        return String(this.constant())
      case 'text':
      case 'binary':
        return JSON.stringify(this.text())
      case 'extension':
        return JSON.stringify(this.extension().bytes.toString('base64'))
      case 'array': {
        const values = Array.from({ length: this.array() }, () => this.json(depth + 1))
        return `[${values.join()}]`
      }
      case 'map': {
        const pairs = Array.from({ length: this.map() }, () => this.pair(depth + 1).join(':'))
        return `{${pairs.join()}}`
      }
    }
  }

  /** The next key and value of a map as JSON. */
  pair(depth: number): [key: string, value: string] {
    const key = this.json(depth)
    return [key.startsWith('"') ? key : JSON.stringify(key), this.json(depth)]
  }

  #enter(wanted: 'array' | 'map'): number {
    const { kind, size, count } = this.#head()
    if (kind !== wanted) throw new ProtocolError(`${kind} for ${wanted}`)
    // Every value has a byte: who announces more than there is lies.
    if (count > this.#bytes.length - this.#at)
      throw new ProtocolError(`${wanted} without its values`)
    this.#at += size
    return count
  }

  #head(): Head {
    const head = headAt(this.#bytes, this.#at)
    if (!head) throw new ProtocolError('MessagePack ends within a value')
    return head
  }

  #take(size: number, count: number): Buffer {
    const from = this.#at + size
    if (from + count > this.#bytes.length)
      throw new ProtocolError('MessagePack ends within a value')
    this.#at = from + count
    return this.#bytes.subarray(from, this.#at)
  }
}

function printNumber(value: number | bigint): string {
  return typeof value === 'bigint' || Number.isFinite(value) ? String(value) : 'null'
}

/** Bytes that are no UTF-8 are kept one for one, so that nothing of them is lost. */
function textOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
}
