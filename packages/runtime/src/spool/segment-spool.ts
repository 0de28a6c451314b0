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
import { mkdir } from 'node:fs/promises'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { CutLog } from './cut-log.ts'
import { DiskRoom } from './disk-room.ts'
import { DiskSegments } from './disk-segments.ts'
import { LogSpool } from './log-spool.ts'
import { scanSegments } from './scan-segments.ts'
import type { SpoolLosses } from './segment-log.ts'
import { type CreateFile, createOnDisk } from './segment-writer.ts'
import type { FoundEntry, Spool, SpoolPosition } from './spool.ts'
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

export interface SegmentSpool extends Spool {
  losses(): SpoolLosses
}

/** Opens a spool: finds its segments, takes off a torn tail, rebuilds keys and counts. */
export async function openSegmentSpool(parts: SegmentSpoolParts): Promise<SegmentSpool> {
  const { directory, after, clock, log } = parts
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const { segments, last, tornBytes, damagedBytes } = await scanSegments(parts)
  if (tornBytes + damagedBytes > 0)
    log.warn({ tornBytes, damagedBytes }, 'the spool had unreadable bytes')
  const limits = spoolLimits(parts.limits)
  const spool = new LogSpool({
    name: parts.name,
    clock,
    log,
    limits,
    segments: new DiskSegments({
      directory,
      segmentBytes: limits.segmentBytes,
      create: parts.create ?? createOnDisk,
      found: segments,
      next: Math.max(last, after?.segment ?? 0) + 1,
    }),
    cuts: await CutLog.open(directory, new Set(segments.map(({ number }) => number))),
    room: await DiskRoom.open(directory, limits.reserveBytes, clock),
    losses: { tornBytes, damagedBytes },
  })
  if (after) await spool.release(after)
  return spool
}
