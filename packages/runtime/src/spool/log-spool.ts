import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { Problem } from '../problem.ts'
import { encodeFrame } from './frame.ts'
import { FrameReader } from './frame-reader.ts'
import { type Gathered, type GatherLimits, gather } from './gather.ts'
import {
  type Cuts,
  firstOffset,
  type Room,
  type Segment,
  type SegmentLog,
  type SpoolLosses,
} from './segment-log.ts'
import type { Spool, SpoolEntry, SpoolPosition, SpoolRange, SpoolRoom, SpoolSize } from './spool.ts'
import type { SpoolLimits } from './spool-limits.ts'

export interface LogSpoolParts {
  /** Part of every token; the same after a restart. */
  readonly name: string
  readonly clock: Clock
  readonly log: Log
  readonly limits: SpoolLimits
  readonly segments: SegmentLog
  readonly cuts: Cuts
  readonly room: Room
  /** What was found unreadable at the start. */
  readonly losses: SpoolLosses
}

/** The spool over a log of segments, wherever that lies: bounds, ranges and what is released. */
export class LogSpool implements Spool {
  readonly #parts: LogSpoolParts
  #losses: SpoolLosses
  #waitingBytes = 0
  #released = { records: 0, bytes: 0 }
  #grown = Promise.withResolvers<void>()
  #cutting: Promise<unknown> = Promise.resolve()
  #closed = false
  /** Where the last range ended, and the frame that place lies in. */
  #cursor = { segment: 0, to: 0, frame: 0 }

  constructor(parts: LogSpoolParts) {
    this.#parts = parts
    this.#losses = parts.losses
  }

  async append(entry: SpoolEntry): Promise<void> {
    if (this.#closed) throw new Problem('ingest.overloaded', 'the spool is closed')
    const { segments, limits, room, clock } = this.#parts
    const frame = encodeFrame(entry, clock.now())
    const waiting = this.#waitingBytes + frame.length
    if (waiting > limits.waitingBytes || segments.usedBytes + waiting > limits.bytes)
      throw new Problem('ingest.overloaded')
    if (room.shortage) throw room.shortage
    this.#waitingBytes = waiting
    await new Promise<void>((resolve, reject) => {
      segments.append({
        frame,
        written: (segment, end) => {
          this.#waitingBytes -= frame.length
          segment.end = end
          segment.records += entry.records.length
          if (entry.key !== undefined) segment.keys.push({ origin: entry.origin, key: entry.key })
          resolve()
          this.#grown.resolve()
        },
        failed: (error) => {
          this.#waitingBytes -= frame.length
          reject(error)
        },
      })
    })
  }

  cut(from: SpoolPosition | undefined, signal: AbortSignal): Promise<SpoolRange | undefined> {
    const cutting = this.#cutting.then(() => this.#cut(from, signal))
    this.#cutting = cutting.catch(() => undefined)
    return cutting
  }

  async release(position: SpoolPosition): Promise<void> {
    const { segments, cuts } = this.#parts
    this.#released.records += await cuts.release(position.segment, position.offset)
    for (;;) {
      const [first] = segments.segments
      if (!first || first.number >= segments.activeNumber) break
      const below = first.number < position.segment
      if (!below && !(first.number === position.segment && position.offset >= first.end)) break
      await segments.dropFirst()
      this.#released.records = Math.max(0, this.#released.records - first.records)
    }
    const [first] = segments.segments
    this.#released.bytes =
      first?.number === position.segment ? Math.max(0, position.offset - firstOffset) : 0
  }

  *keys(): Iterable<{ readonly origin: string; readonly key: string }> {
    for (const segment of this.#parts.segments.segments) yield* segment.keys
  }

  size(): SpoolSize {
    let bytes = -this.#released.bytes
    let records = -this.#released.records
    for (const segment of this.#parts.segments.segments) {
      bytes += segment.end - firstOffset
      records += segment.records
    }
    return { bytes: Math.max(0, bytes), records: Math.max(0, records) }
  }

  room(): SpoolRoom {
    const { segments, limits, room } = this.#parts
    const used = segments.usedBytes + this.#waitingBytes
    const free = Math.max(0, Math.min(limits.bytes - used, room.spare))
    return { free, most: used + free }
  }

  losses(): SpoolLosses {
    const { tornBytes, damagedBytes } = this.#losses
    return { tornBytes, damagedBytes: damagedBytes + this.#parts.segments.lostBytes }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#parts.segments.close()
    this.#grown.resolve()
    await this.#cutting
    await this.#parts.cuts.close()
  }

  async #cut(
    from: SpoolPosition | undefined,
    signal: AbortSignal,
  ): Promise<SpoolRange | undefined> {
    for (;;) {
      const start = this.#place(from)
      const segment =
        start && this.#parts.segments.segments.find(({ number }) => number === start.segment)
      if (segment && start.offset < segment.end) return this.#rangeAt(segment, start.offset, signal)
      if (signal.aborted || this.#closed) return undefined
      await this.#growth(signal)
    }
  }

  /** The same place, named by the segment in which reading goes on. */
  #place(from: SpoolPosition | undefined): SpoolPosition | undefined {
    const { segments, activeNumber } = this.#parts.segments
    const known = from && segments.find(({ number }) => number === from.segment)
    if (from && known && (from.offset < known.end || known.number >= activeNumber)) return from
    const next = segments.find(
      ({ number, records }) => records > 0 && (!from || number > from.segment),
    )
    return next && { segment: next.number, offset: firstOffset }
  }

  /** The range that starts here: as it was cut before, or cut now. */
  async #rangeAt(segment: Segment, from: number, signal: AbortSignal): Promise<SpoolRange> {
    const { segments, cuts, name } = this.#parts
    const bytes = await segments.open(segment)
    try {
      const before = cuts.find(segment.number, from)
      const limits = before ? { to: before.to } : await this.#newLimits(segment, from, signal)
      const frame = this.#cursor.segment === segment.number && this.#cursor.to === from
      const gathered = await gather(
        new FrameReader(bytes, segment.end),
        segment.number,
        from,
        frame ? this.#cursor.frame : undefined,
        limits,
      )
      this.#countDamage(gathered)
      const { to, records } = gathered
      if (!before) await cuts.add({ segment: segment.number, from, to, records: records.length })
      this.#cursor = { segment: segment.number, to, frame: gathered.frame }
      return {
        from: { segment: segment.number, offset: from },
        to: { segment: segment.number, offset: to },
        token: `${name}:${pad(segment.number)}:${pad(from)}`,
        records,
      }
    } finally {
      await bytes.close()
    }
  }

  /** A range that is not full waits a little, so that a trickle does not become a range per record. */
  async #newLimits(segment: Segment, from: number, signal: AbortSignal): Promise<GatherLimits> {
    const { rangeBytes, rangeRecords, linger } = this.#parts.limits
    const active = segment.number >= this.#parts.segments.activeNumber
    if (active && segment.end - from < rangeBytes && linger > 0)
      await pause(linger, undefined, { signal }).catch(() => undefined)
    return { to: segment.end, bytes: rangeBytes, records: rangeRecords }
  }

  #countDamage({ damagedBytes }: Gathered): void {
    if (damagedBytes === 0) return
    this.#losses = { ...this.#losses, damagedBytes: this.#losses.damagedBytes + damagedBytes }
    this.#parts.log.error({ damagedBytes }, 'frames of the spool fail their check')
  }

  async #growth(signal: AbortSignal): Promise<void> {
    const grown = Promise.withResolvers<void>()
    this.#grown = grown
    const wake = () => grown.resolve()
    signal.addEventListener('abort', wake, { once: true })
    await grown.promise
    signal.removeEventListener('abort', wake)
  }
}

function pad(value: number): string {
  return String(value).padStart(12, '0')
}
