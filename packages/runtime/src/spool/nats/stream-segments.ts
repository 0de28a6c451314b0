import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { Problem } from '../../problem.ts'
import {
  type Cut,
  firstOffset,
  type Segment,
  type SegmentBytes,
  type SegmentLog,
  type Waiting,
} from '../segment-log.ts'
import type { BusStream } from './bus-stream.ts'
import { MessageShelf } from './message-shelf.ts'
import { OrderedPublisher, type Outgoing, type PublisherTimes } from './ordered-publisher.ts'
import { encodeMessage, type MessageHeader, messageHead } from './stream-message.ts'
import { StreamSegment } from './stream-segment.ts'

export interface StreamSegmentsParts {
  readonly stream: BusStream
  /** Segments of earlier lives. */
  readonly found: readonly StreamSegment[]
  /** Number of the next segment. */
  readonly next: number
  /** Last number of the stream. */
  readonly last: number
  readonly writer: string
  readonly segmentBytes: number
  readonly clock: Clock
  readonly log: Log
  readonly times?: Partial<PublisherTimes>
}

/** What is to be sent: whole frames, a piece of a large one, or a cut. */
interface Parcel {
  readonly frames: readonly Waiting[]
  readonly bytes: readonly Uint8Array[]
}

interface WaitingCut {
  readonly cut: Cut
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Frames travel in messages of about this size. */
const parcelBytes = 512 * 1024

/** The segments of a spool as messages of a stream; a segment's bytes are those of its messages, in order. */
export class StreamSegments implements SegmentLog {
  readonly #parts: StreamSegmentsParts
  readonly #segments: StreamSegment[]
  readonly #publisher: OrderedPublisher
  readonly #shelf: MessageShelf
  readonly #queue: Waiting[] = []
  readonly #cuts: WaitingCut[] = []
  /** Pieces of a frame too large for one message. */
  readonly #pieces: Parcel[] = []
  readonly #parcelBytes: number
  #active: StreamSegment | undefined
  /** Where the next bytes of the active segment go. */
  #offset = firstOffset
  #next: number
  #lostBytes = 0

  constructor(parts: StreamSegmentsParts) {
    this.#parts = parts
    this.#segments = [...parts.found]
    this.#next = parts.next
    this.#parcelBytes = Math.min(parcelBytes, parts.stream.mostBytes - messageHead)
    this.#shelf = new MessageShelf(parts.stream)
    this.#publisher = new OrderedPublisher({
      ...parts,
      next: () => this.#nextOutgoing(),
      refuse: (error) => this.#refuse(error),
      fellBack: (last) => this.#fallBack(last),
    })
  }

  get segments(): readonly Segment[] {
    return this.#segments
  }

  get activeNumber(): number {
    return this.#active?.number ?? this.#next
  }

  get usedBytes(): number {
    return this.#segments.reduce((sum, { usedBytes }) => sum + usedBytes, 0)
  }

  get lostBytes(): number {
    return this.#lostBytes
  }

  /** Why nothing more is to be taken in; undefined: it is. */
  get refusal(): Problem | undefined {
    return this.#publisher.refusal
  }

  append(waiting: Waiting): void {
    this.#queue.push(waiting)
    this.#publisher.wake()
  }

  /** Resolves when the cut is stored. */
  cut(cut: Cut): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#cuts.push({ cut, resolve, reject })
      this.#publisher.wake()
    })
  }

  async open({ number }: Segment): Promise<SegmentBytes> {
    const segment = this.#segments.find((known) => known.number === number)
    if (!segment) throw new Error(`segment ${number} is gone`)
    const read: SegmentBytes['read'] = (...where) => segment.read(this.#shelf, ...where)
    return { read, close: async () => undefined }
  }

  async dropFirst(): Promise<void> {
    const following = this.#segments[1]?.firstSequence
    await this.#parts.stream.purgeBelow(following ?? this.#publisher.last + 1)
    this.#segments.shift()
  }

  close(): Promise<void> {
    return this.#publisher.close()
  }

  #nextOutgoing(): Outgoing | undefined {
    const waitingCut = this.#cuts.shift()
    if (waitingCut) return cutOutgoing(waitingCut)
    if (this.#pieces.length === 0 && this.#queue.length === 0) return undefined
    if (this.#active && this.#pieces.length === 0 && this.#offset >= this.#parts.segmentBytes) {
      // Readers take a segment below the active one for finished.
      if (this.#publisher.isBusy) return undefined
      this.#active = undefined
    }
    return this.#parcelOutgoing(this.#active ?? this.#start(), this.#nextParcel())
  }

  #start(): StreamSegment {
    const segment = new StreamSegment(this.#next++)
    this.#segments.push(segment)
    this.#active = segment
    this.#offset = firstOffset
    return segment
  }

  #nextParcel(): Parcel {
    if (this.#pieces.length === 0) this.#pieces.push(...this.#pack())
    return this.#pieces.shift() ?? { frames: [], bytes: [] }
  }

  /** Whole frames that fit one message, or one frame in pieces. */
  #pack(): Parcel[] {
    let bytes = 0
    let count = 0
    for (const { frame } of this.#queue) {
      if (count > 0 && bytes + frame.length > this.#parcelBytes) break
      bytes += frame.length
      count += 1
    }
    const frames = this.#queue.splice(0, count)
    if (bytes <= this.#parcelBytes) return [{ frames, bytes: frames.map(({ frame }) => frame) }]
    const [{ frame } = { frame: Buffer.alloc(0) }] = frames
    const pieces: Parcel[] = []
    for (let at = 0; at < frame.length; at += this.#parcelBytes) {
      const to = at + this.#parcelBytes
      const piece = [frame.subarray(at, to)]
      pieces.push({ frames: to >= frame.length ? frames : [], bytes: piece })
    }
    return pieces
  }

  #parcelOutgoing(segment: StreamSegment, { frames, bytes }: Parcel): Outgoing {
    const from = this.#offset
    this.#offset += bytes.reduce((sum, { length }) => sum + length, 0)
    const header: MessageHeader = {
      kind: 'bytes',
      segment: segment.number,
      from,
      to: this.#offset,
      records: 0,
    }
    const data = encodeMessage(header, bytes)
    return {
      data,
      stored: (sequence) => {
        this.#shelf.put(sequence, { ...header, body: data.subarray(messageHead) })
        segment.stored(sequence, header)
        let end = header.to - frames.reduce((sum, { frame }) => sum + frame.length, 0)
        for (const { frame, written } of frames) {
          end += frame.length
          written(segment, end)
        }
      },
      failed: (error) => {
        this.#abandon(error)
        for (const { failed } of frames) failed(error)
      },
      remake: () => {
        this.#abandon(undefined)
        this.#queue.unshift(...frames)
      },
    }
  }

  /** What of a segment is missing cannot be filled in later, so it ends at its last whole frame. */
  #abandon(error: unknown): void {
    this.#active = undefined
    const rest = this.#pieces.splice(0).flatMap(({ frames }) => frames)
    if (error === undefined) this.#queue.unshift(...rest)
    else for (const { failed } of rest) failed(error)
  }

  #refuse(error: Problem): void {
    for (const { failed } of this.#queue.splice(0)) failed(error)
    for (const { reject } of this.#cuts.splice(0)) reject(error)
  }

  /** The stream lost what it had acknowledged above `last`: a machine without a second one lost its power. */
  async #fallBack(last: number): Promise<void> {
    const before = this.#bytes()
    this.#shelf.clear()
    this.#active = undefined
    for (const segment of this.#segments) await segment.cutAbove(last, this.#shelf)
    const lostBytes = before - this.#bytes()
    this.#lostBytes += lostBytes
    this.#parts.log.error({ last, lostBytes }, 'the stream lost what it had acknowledged')
  }

  #bytes(): number {
    return this.#segments.reduce((sum, { end }) => sum + end, 0)
  }
}

function cutOutgoing({ cut, resolve, reject }: WaitingCut): Outgoing {
  return {
    data: encodeMessage({ kind: 'cut', ...cut }),
    stored: () => resolve(),
    failed: reject,
    remake: () => reject(new Problem('ingest.bus-unreachable', 'the stream lost its end')),
  }
}
