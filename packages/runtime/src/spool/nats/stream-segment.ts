import { firstOffset, type Segment } from '../segment-log.ts'
import type { MessageShelf } from './message-shelf.ts'
import type { MessageHeader } from './stream-message.ts'

interface Place {
  readonly sequence: number
  readonly from: number
}

/** Every so many messages the place of one is remembered. */
const remembered = 64
/** Bytes a broker keeps beside the bytes of a message: number, time, subject, headers, checksum. */
const overhead = 256

/** A segment as messages of a stream. */
export class StreamSegment implements Segment {
  readonly number: number
  end = firstOffset
  records = 0
  readonly keys: { readonly origin: string; readonly key: string }[] = []
  readonly #places: Place[] = []
  #messages = 0
  #lastSequence = 0

  constructor(number: number) {
    this.number = number
  }

  /** Number of its first message; undefined: it has none. */
  get firstSequence(): number | undefined {
    return this.#places[0]?.sequence
  }

  /** About what it takes of the stream. */
  get usedBytes(): number {
    return this.end + this.#messages * overhead
  }

  /** A message of it is stored. */
  stored(sequence: number, { from }: MessageHeader): void {
    if (this.#messages % remembered === 0) this.#places.push({ sequence, from })
    this.#messages += 1
    this.#lastSequence = sequence
  }

  /** Nothing above a number of the stream is there any more: ends where its last message does. */
  async cutAbove(last: number, shelf: MessageShelf): Promise<void> {
    if (this.#lastSequence <= last) return
    const first = this.firstSequence ?? last + 1
    while ((this.#places.at(-1)?.sequence ?? 0) > last) this.#places.pop()
    this.#lastSequence = last
    for (let sequence = last; sequence >= first; sequence--) {
      const message = await shelf.get(sequence, sequence)
      if (message?.kind !== 'bytes' || message.segment !== this.number) continue
      this.end = Math.min(this.end, message.to)
      return
    }
    this.end = firstOffset
  }

  /** Fills `buffer` with the bytes at `position`; bytes whose message is gone are zero. */
  async read(
    shelf: MessageShelf,
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }> {
    const end = Math.min(position + length, this.end)
    buffer.fill(0, offset, offset + Math.max(0, end - position))
    let at = position
    for (
      let next = this.#sequenceBefore(position);
      at < end && next <= this.#lastSequence;
      next++
    ) {
      const message = await shelf.get(next, this.#lastSequence)
      if (message?.kind !== 'bytes' || message.segment !== this.number || message.to <= at) continue
      const start = Math.max(at, message.from)
      if (start >= end) break
      message.body.copy(buffer, offset + start - position, start - message.from, end - message.from)
      at = message.to
    }
    return { bytesRead: Math.max(0, end - position) }
  }

  /** Number of a remembered message at or before a position. */
  #sequenceBefore(position: number): number {
    let low = 0
    let high = this.#places.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#places[middle]?.from ?? 0) <= position) low = middle
      else high = middle - 1
    }
    return this.#places[low]?.sequence ?? 1
  }
}
