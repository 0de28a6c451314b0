import { foundEntries } from '../found-entries.ts'
import { decodeFrame, frameHead, frameLength } from '../frame.ts'
import type { ReadFrame } from '../frame-reader.ts'
import type { Cut } from '../segment-log.ts'
import type { FoundEntry, SpoolPosition } from '../spool.ts'
import type { BusStream } from './bus-stream.ts'
import { decodeMessage, type StreamMessage } from './stream-message.ts'
import { StreamSegment } from './stream-segment.ts'

interface ScanParts {
  readonly stream: BusStream
  readonly after?: SpoolPosition
  readonly found?: (entry: FoundEntry) => void
}

/** Bytes of a segment after its last whole frame, while it is read. */
interface Open {
  readonly segment: StreamSegment
  readonly seen: ((frame: ReadFrame) => void) | undefined
  rest: Buffer
}

const together = 32

/** Reads a stream from its first message to its last, and goes on where more was written meanwhile. */
export class StreamScan {
  readonly #parts: ScanParts
  readonly #segments = new Map<number, Open>()
  readonly cuts: Cut[] = []
  /** Highest number of a segment. */
  lastSegment = 0
  /** Number of the last message that was read. */
  lastSequence = 0
  /** Identity of that message. */
  lastId: string | undefined
  damagedBytes = 0

  constructor(parts: ScanParts) {
    this.#parts = parts
  }

  /** The segments that hold anything, oldest first. */
  get segments(): StreamSegment[] {
    return [...this.#segments.values()].map(({ segment }) => segment)
  }

  /** Bytes of frames that were never whole, and so never acknowledged. */
  get tornBytes(): number {
    return [...this.#segments.values()].reduce((sum, { rest }) => sum + rest.length, 0)
  }

  /** Reads what is there and was not read. Rejects while nobody answers. */
  async advance(): Promise<void> {
    const { stream } = this.#parts
    const { first, last } = await stream.bounds()
    this.lastSequence = Math.max(this.lastSequence, first - 1)
    while (this.lastSequence < last) {
      const from = this.lastSequence + 1
      const count = Math.min(together, last - this.lastSequence)
      const asked = Array.from({ length: count }, (_, n) => stream.read(from + n))
      for (const stored of await Promise.all(asked)) {
        this.lastSequence += 1
        this.lastId = stored?.id
        const message = stored && decodeMessage(stored.data)
        if (message) this.#take(this.lastSequence, message)
      }
    }
    this.lastSequence = last
  }

  #take(sequence: number, message: StreamMessage): void {
    const { kind, segment: number, from, to, records } = message
    this.lastSegment = Math.max(this.lastSegment, number)
    if (kind === 'cut') this.cuts.push({ segment: number, from, to, records })
    if (kind !== 'bytes') return
    const open = this.#segments.get(number) ?? {
      segment: new StreamSegment(number),
      seen: foundEntries(this.#parts, number),
      rest: Buffer.alloc(0),
    }
    this.#segments.set(number, open)
    const expected = open.segment.end + open.rest.length
    if (from !== expected) this.#skip(open, from)
    open.segment.stored(sequence, message)
    open.rest = open.rest.length === 0 ? message.body : Buffer.concat([open.rest, message.body])
    this.#takeFrames(open)
  }

  /** Messages are missing: what was begun cannot be completed. */
  #skip(open: Open, from: number): void {
    this.#damaged(open.segment, from)
    open.segment.end = from
    open.rest = Buffer.alloc(0)
  }

  /** Counts the bytes from the end of a segment to `to`, without those that are done: they may have been given back. */
  #damaged({ number, end }: StreamSegment, to: number): void {
    const { after } = this.#parts
    if (after && number < after.segment) return
    const done = after?.segment === number ? after.offset : 0
    this.damagedBytes += Math.max(0, to - Math.max(end, done))
  }

  #takeFrames(open: Open): void {
    const { segment } = open
    for (;;) {
      const length = open.rest.length < frameHead ? undefined : frameLength(open.rest, 0)
      if (length === undefined || open.rest.length < length) return
      const bytes = open.rest.subarray(0, length)
      open.rest = open.rest.subarray(length)
      const start = segment.end
      const header = decodeFrame(bytes)
      if (!header) this.#damaged(segment, start + length)
      segment.end += length
      if (!header) continue
      segment.records += header.count
      if (header.key !== undefined) segment.keys.push({ origin: header.origin, key: header.key })
      open.seen?.({ ...header, start, end: segment.end, bytes })
    }
  }
}

/** Where the first segment of a new life begins, above all known. */
export function nextSegment(scan: StreamScan, after: SpoolPosition | undefined): number {
  return Math.max(scan.lastSegment, after?.segment ?? 0) + 1
}
