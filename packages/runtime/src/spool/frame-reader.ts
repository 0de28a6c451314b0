import { decodeFrame, type FrameHeader, frameHead, frameLength } from './frame.ts'
import type { SegmentBytes } from './segment-log.ts'

export interface ReadFrame extends FrameHeader {
  /** Where the frame starts and ends in its segment. */
  readonly start: number
  readonly end: number
  /** Its bytes; not reused, so records may point into them. */
  readonly bytes: Buffer
}

/** What stands at a position: a frame, damage that reaches to `end`, or nothing up to the limit. */
export type Found =
  | { readonly kind: 'frame'; readonly frame: ReadFrame }
  | { readonly kind: 'damage'; readonly end: number }
  | { readonly kind: 'nothing' }

const windowBytes = 4 * 1024 * 1024

/** Reads the frames of one segment in order, a few megabytes at a time. */
export class FrameReader {
  readonly #source: Pick<SegmentBytes, 'read'>
  readonly #limit: number
  #window: Buffer = Buffer.alloc(0)
  #windowStart = 0

  /** Nothing at or above `limit` is looked at. */
  constructor(source: Pick<SegmentBytes, 'read'>, limit: number) {
    this.#source = source
    this.#limit = limit
  }

  /** The frame that starts at `at`. Damage ends where the next frame begins, as far as that can be told. */
  async at(at: number): Promise<Found> {
    if (at >= this.#limit) return { kind: 'nothing' }
    const head = await this.#bytes(at, frameHead)
    const length = head && frameLength(head, 0)
    const bytes = length ? await this.#bytes(at, length) : undefined
    if (!length || !bytes) return { kind: 'damage', end: this.#limit }
    const header = decodeFrame(bytes)
    if (header) return { kind: 'frame', frame: { ...header, start: at, end: at + length, bytes } }
    return {
      kind: 'damage',
      end: (await this.#startsFrame(at + length)) ? at + length : this.#limit,
    }
  }

  async #startsFrame(at: number): Promise<boolean> {
    const head = await this.#bytes(at, frameHead)
    const length = head && frameLength(head, 0)
    const bytes = length ? await this.#bytes(at, length) : undefined
    return bytes !== undefined && decodeFrame(bytes) !== undefined
  }

  /** `length` bytes from `at`; undefined where the segment ends before. */
  async #bytes(at: number, length: number): Promise<Buffer | undefined> {
    if (at + length > this.#limit) return undefined
    const within = at - this.#windowStart
    if (within >= 0 && within + length <= this.#window.length)
      return this.#window.subarray(within, within + length)
    const size = Math.min(Math.max(length, windowBytes), this.#limit - at)
    const window = Buffer.allocUnsafeSlow(size)
    const { bytesRead } = await this.#source.read(window, 0, size, at)
    this.#window = window.subarray(0, bytesRead)
    this.#windowStart = at
    return bytesRead >= length ? this.#window.subarray(0, length) : undefined
  }
}
