import { recordsOf } from './frame.ts'
import type { FrameReader, ReadFrame } from './frame-reader.ts'
import { firstOffset } from './segment-log.ts'
import type { SpoolRecord } from './spool.ts'

export interface GatherLimits {
  /** Nothing at or above this offset belongs to the range. */
  readonly to: number
  readonly records?: number
  readonly bytes?: number
}

export interface Gathered {
  readonly records: readonly SpoolRecord[]
  /** Where the range ends: above its last record, or above damage passed over at its end. */
  readonly to: number
  /** Start of the frame in which the range ends; `to` itself where it ends with a frame. */
  readonly frame: number
  readonly damagedBytes: number
}

/**
 * Reads records from `from`, which may lie within a frame, until a limit is reached. `frame` is where
 * that frame starts, if known; otherwise the segment is read from its beginning, because a record may
 * hold bytes that look like a frame.
 */
export async function gather(
  reader: FrameReader,
  segment: number,
  from: number,
  frame: number | undefined,
  limits: GatherLimits,
): Promise<Gathered> {
  const records: SpoolRecord[] = []
  let at = frame ?? (await frameHolding(reader, from))
  let to = from
  let resume = at
  let damagedBytes = 0
  while (at < limits.to && !isFull(records, to - from, limits)) {
    const found = await reader.at(at)
    if (found.kind === 'nothing') break
    if (found.kind === 'damage') {
      damagedBytes += found.end - at
      at = found.end
      to = Math.max(to, at)
      resume = to
      continue
    }
    to = take(found.frame, segment, from, limits, records)
    at = found.frame.end
    resume = to >= at ? at : found.frame.start
  }
  return { records, to, frame: resume, damagedBytes }
}

async function frameHolding(reader: FrameReader, position: number): Promise<number> {
  let at = firstOffset
  for (;;) {
    const found = await reader.at(at)
    const end = found.kind === 'frame' ? found.frame.end : found.kind === 'damage' ? found.end : at
    if (found.kind === 'nothing' || end > position) return at
    at = end
  }
}

/** Adds the records of a frame that fit; answers where the range ends now. */
function take(
  frame: ReadFrame,
  segment: number,
  from: number,
  limits: GatherLimits,
  records: SpoolRecord[],
): number {
  const { start, origin, key, receivedAt } = frame
  let to = from
  for (const { at, end, body } of recordsOf(frame.bytes, frame.recordsAt)) {
    const offset = start + at
    if (offset < from) continue
    if (offset >= limits.to || isFull(records, offset - from, limits)) return to
    records.push({ position: { segment, offset }, origin, key, receivedAt, body })
    to = start + end
  }
  return Math.max(to, Math.min(frame.end, limits.to))
}

function isFull(records: readonly SpoolRecord[], bytes: number, limits: GatherLimits): boolean {
  return (
    records.length >= (limits.records ?? Number.POSITIVE_INFINITY) ||
    bytes >= (limits.bytes ?? Number.POSITIVE_INFINITY)
  )
}
