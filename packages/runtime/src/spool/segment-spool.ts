/*
 * The spool on disk. What holds at all times:
 *
 *  1. An entry is acknowledged after its frame is on disk (one fdatasync for all that wait), and only
 *     frames on disk are ever cut.
 *  2. A position at which a range may lie is never used again: every start opens a new segment, above
 *     all numbers known, and what a failed write left is taken off or its segment ends.
 *  3. A range is on disk in the cut log before it is handed out; asked again it is the same, and its
 *     token names the spool, the segment and the offset.
 *  4. Ranges lie within one segment and touch: the end of one is the start of the next.
 *  5. Above the last whole frame of the last segment lies only what was never acknowledged; it is
 *     taken off at the start and counted. Damage elsewhere is passed over, counted and logged.
 *  6. Memory holds no bodies, only what is on its way to disk (bounded) and the keys of unreleased entries.
 */
import { mkdir, open, unlink } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { Problem } from '../problem.ts'
import { CutLog } from './cut-log.ts'
import { DiskRoom } from './disk-room.ts'
import { encodeFrame } from './frame.ts'
import { FrameReader } from './frame-reader.ts'
import { type Gathered, type GatherLimits, gather } from './gather.ts'
import { scanSegments } from './scan-segments.ts'
import { firstOffset, type Segment, syncDirectory } from './segment-file.ts'
import { type CreateFile, createOnDisk, SegmentWriter } from './segment-writer.ts'
import type {
  FoundEntry,
  Spool,
  SpoolEntry,
  SpoolPosition,
  SpoolRange,
  SpoolRoom,
  SpoolSize,
} from './spool.ts'
import { type SpoolLimits, spoolLimits } from './spool-limits.ts'

export interface SegmentSpoolParts {
  /** Created where missing; owned by this spool alone. */
  readonly directory: string
  /** Part of every token; different for every spool whose ranges meet in one store, the same after a restart. */
  readonly name: string
  readonly clock: Clock
  readonly log: Log
  /** The checkpoint of the reader: what lies below is done; numbers go on above it even where the directory was lost. */
  readonly after?: SpoolPosition
  readonly limits?: Partial<SpoolLimits>
  readonly create?: CreateFile
  /** Told of every entry that waits at the start, in order. */
  readonly found?: (entry: FoundEntry) => void
}

/** What a start or a reading found unreadable. Torn bytes were never acknowledged; damaged ones were. */
export interface SpoolLosses {
  readonly tornBytes: number
  readonly damagedBytes: number
}

export interface SegmentSpool extends Spool {
  losses(): SpoolLosses
}

/** Opens a spool: finds its segments, takes off a torn tail, rebuilds keys and counts. */
export async function openSegmentSpool(parts: SegmentSpoolParts): Promise<SegmentSpool> {
  await mkdir(parts.directory, { recursive: true, mode: 0o700 })
  const { segments, last, tornBytes, damagedBytes } = await scanSegments(parts)
  if (tornBytes + damagedBytes > 0)
    parts.log.warn({ tornBytes, damagedBytes }, 'the spool had unreadable bytes')
  const spool = new DiskSpool(
    parts,
    segments,
    await CutLog.open(parts.directory, new Set(segments.map(({ number }) => number))),
    {
      next: Math.max(last, parts.after?.segment ?? 0) + 1,
      losses: { tornBytes, damagedBytes },
      room: await DiskRoom.open(parts.directory, parts.limits?.reserveBytes ?? 0, parts.clock),
    },
  )
  if (parts.after) await spool.release(parts.after)
  return spool
}

class DiskSpool implements SegmentSpool {
  readonly #parts: SegmentSpoolParts
  readonly #limits: SpoolLimits
  readonly #segments: Segment[]
  readonly #cuts: CutLog
  readonly #writer: SegmentWriter
  readonly #room: DiskRoom
  #losses: SpoolLosses
  #waitingBytes = 0
  #released = { records: 0, bytes: 0 }
  #grown = Promise.withResolvers<void>()
  #cutting: Promise<unknown> = Promise.resolve()
  #closed = false
  /** Where the last range ended, and the frame that place lies in. */
  #cursor = { segment: 0, to: 0, frame: 0 }

  constructor(
    parts: SegmentSpoolParts,
    segments: Segment[],
    cuts: CutLog,
    start: { next: number; losses: SpoolLosses; room: DiskRoom },
  ) {
    this.#room = start.room
    this.#parts = parts
    this.#limits = spoolLimits(parts.limits)
    this.#segments = segments
    this.#cuts = cuts
    this.#losses = start.losses
    this.#writer = new SegmentWriter({
      directory: parts.directory,
      segmentBytes: this.#limits.segmentBytes,
      create: parts.create ?? createOnDisk,
      next: start.next,
      opened: (segment) => this.#segments.push(segment),
    })
  }

  async append(entry: SpoolEntry): Promise<void> {
    if (this.#closed) throw new Problem('ingest.overloaded', 'the spool is closed')
    const frame = encodeFrame(entry, this.#parts.clock.now())
    const waiting = this.#waitingBytes + frame.length
    if (waiting > this.#limits.waitingBytes || this.#onDisk() + waiting > this.#limits.bytes)
      throw new Problem('ingest.overloaded')
    const { shortage } = this.#room
    if (shortage !== undefined) throw new Problem('ingest.disk-full', shortage)
    this.#waitingBytes = waiting
    await new Promise<void>((resolve, reject) => {
      this.#writer.append({
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
    this.#released.records += await this.#cuts.release(position.segment, position.offset)
    for (;;) {
      const [first] = this.#segments
      if (!first || first.number >= this.#writer.activeNumber) break
      const below = first.number < position.segment
      if (!below && !(first.number === position.segment && position.offset >= first.end)) break
      await unlink(first.path)
      this.#segments.shift()
      this.#released.records = Math.max(0, this.#released.records - first.records)
      await syncDirectory(this.#parts.directory)
    }
    const [first] = this.#segments
    this.#released.bytes =
      first?.number === position.segment ? Math.max(0, position.offset - firstOffset) : 0
  }

  *keys(): Iterable<{ readonly origin: string; readonly key: string }> {
    for (const segment of this.#segments) yield* segment.keys
  }

  size(): SpoolSize {
    let bytes = -this.#released.bytes
    let records = -this.#released.records
    for (const segment of this.#segments) {
      bytes += segment.end - firstOffset
      records += segment.records
    }
    return { bytes: Math.max(0, bytes), records: Math.max(0, records) }
  }

  room(): SpoolRoom {
    const used = this.#onDisk() + this.#waitingBytes
    const free = Math.max(0, Math.min(this.#limits.bytes - used, this.#room.spare))
    return { free, most: used + free }
  }

  losses(): SpoolLosses {
    return this.#losses
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#writer.close()
    this.#grown.resolve()
    await this.#cutting
    await this.#cuts.close()
  }

  async #cut(
    from: SpoolPosition | undefined,
    signal: AbortSignal,
  ): Promise<SpoolRange | undefined> {
    for (;;) {
      const start = this.#place(from)
      const segment = start && this.#segments.find(({ number }) => number === start.segment)
      if (segment && start.offset < segment.end) return this.#rangeAt(segment, start.offset, signal)
      if (signal.aborted || this.#closed) return undefined
      await this.#growth(signal)
    }
  }

  /** The same place, named by the segment in which reading goes on. */
  #place(from: SpoolPosition | undefined): SpoolPosition | undefined {
    const known = from && this.#segments.find(({ number }) => number === from.segment)
    if (from && known && (from.offset < known.end || known.number >= this.#writer.activeNumber))
      return from
    const next = this.#segments.find(
      ({ number, records }) => records > 0 && (!from || number > from.segment),
    )
    return next && { segment: next.number, offset: firstOffset }
  }

  /** The range that starts here: as it was cut before, or cut now. */
  async #rangeAt(segment: Segment, from: number, signal: AbortSignal): Promise<SpoolRange> {
    const handle = await open(segment.path, 'r')
    try {
      const before = this.#cuts.find(segment.number, from)
      const limits = before ? { to: before.to } : await this.#newLimits(segment, from, signal)
      const frame = this.#cursor.segment === segment.number && this.#cursor.to === from
      const gathered = await gather(
        new FrameReader(handle, segment.end),
        segment.number,
        from,
        frame ? this.#cursor.frame : undefined,
        limits,
      )
      this.#countDamage(gathered)
      const { to, records } = gathered
      if (!before)
        await this.#cuts.add({ segment: segment.number, from, to, records: records.length })
      this.#cursor = { segment: segment.number, to, frame: gathered.frame }
      return {
        from: { segment: segment.number, offset: from },
        to: { segment: segment.number, offset: to },
        token: `${this.#parts.name}:${pad(segment.number)}:${pad(from)}`,
        records,
      }
    } finally {
      await handle.close()
    }
  }

  /** A range that is not full waits a little, so that a trickle does not become a range per record. */
  async #newLimits(segment: Segment, from: number, signal: AbortSignal): Promise<GatherLimits> {
    const { rangeBytes, rangeRecords, linger } = this.#limits
    const active = segment.number >= this.#writer.activeNumber
    if (active && segment.end - from < rangeBytes && linger > 0)
      await pause(linger, undefined, { signal }).catch(() => undefined)
    return { to: segment.end, bytes: rangeBytes, records: rangeRecords }
  }

  #countDamage({ damagedBytes }: Gathered): void {
    if (damagedBytes === 0) return
    this.#losses = { ...this.#losses, damagedBytes: this.#losses.damagedBytes + damagedBytes }
    this.#parts.log.error({ damagedBytes }, 'frames of the spool fail their check')
  }

  #onDisk(): number {
    return this.#segments.reduce((sum, { end }) => sum + end, 0)
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
