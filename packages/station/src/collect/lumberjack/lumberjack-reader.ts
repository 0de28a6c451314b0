import { keptOfLongRecord, longestRecord } from '../collector.ts'
import { ProtocolError } from '../protocol-error.ts'
import { StreamBytes } from '../stream-bytes.ts'

/** One frame; numbers are big-endian, 32 bits. */
export type LumberjackFrame =
  | { readonly kind: 'window'; readonly count: number }
  | LumberjackEvent
  | { readonly kind: 'compressed'; readonly bytes: Buffer }

export interface LumberjackEvent {
  readonly kind: 'event'
  readonly sequence: number
  readonly bytes: Uint8Array
  /** Length before it was cut, if it was. */
  readonly cutFrom?: number
}

/** Ruby's client writes version 1 before windows and compressed frames of version 2 events. */
const versions: ReadonlySet<number | undefined> = new Set([0x31, 0x32])
const longestSkipped = 64 * 1_048_576
const longestCompressed = 8 * 1_048_576

/**
 * Takes a stream of Lumberjack version 2 apart: `2W` count, `2J` sequence length JSON, `2C` length zlib of frames.
 * An event of more than 1 MB is answered with its first bytes.
 */
export class LumberjackReader {
  readonly #bytes = new StreamBytes()
  #skip = 0

  /** Bytes waiting for the rest of their frame. */
  get held(): number {
    return this.#bytes.length
  }

  /** Whether the stream may end here. */
  get isBetweenFrames(): boolean {
    return this.held === 0 && this.#skip === 0
  }

  /** Frames as they become whole. Throws ProtocolError for what is none. */
  *push(chunk: Buffer): Generator<LumberjackFrame> {
    this.#bytes.push(chunk)
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) yield frame
  }

  #next(): LumberjackFrame | undefined {
    this.#skip -= this.#bytes.take(Math.min(this.#skip, this.held)).length
    const { view } = this.#bytes
    if (view.length > 0 && !versions.has(view[0]))
      throw new ProtocolError('no Lumberjack version 2')
    if (view.length < 6) return undefined
    const type = String.fromCharCode(view[1] ?? 0)
    if (type === 'W') return { kind: 'window', count: this.#bytes.take(6).readUInt32BE(2) }
    if (type === 'C') return this.#compressed(view.readUInt32BE(2))
    if (type === 'J') return this.#event(view)
    if (type === 'D') throw new ProtocolError('events of Lumberjack version 1: JSON is needed')
    throw new ProtocolError(`unknown Lumberjack frame ${JSON.stringify(type)}`)
  }

  #compressed(length: number): LumberjackFrame | undefined {
    if (length > longestCompressed) throw new ProtocolError(`a compressed frame of ${length} bytes`)
    if (this.held < 6 + length) return undefined
    return { kind: 'compressed', bytes: this.#bytes.take(6 + length).subarray(6) }
  }

  #event(view: Buffer): LumberjackFrame | undefined {
    if (view.length < 10) return undefined
    const length = view.readUInt32BE(6)
    if (length > longestSkipped) throw new ProtocolError(`an event of ${length} bytes`)
    const isLong = length > longestRecord
    const wanted = isLong ? keptOfLongRecord : length
    if (view.length < 10 + wanted) return undefined
    const sequence = view.readUInt32BE(2)
    const bytes = this.#bytes.take(10 + wanted).subarray(10)
    this.#skip = length - wanted
    return { kind: 'event', sequence, bytes, ...(isLong && { cutFrom: length }) }
  }
}
