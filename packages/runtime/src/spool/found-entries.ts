import { recordsOf } from './frame.ts'
import type { ReadFrame } from './frame-reader.ts'
import type { FoundEntry, SpoolPosition } from './spool.ts'

interface Looking {
  /** What lies below is done. */
  readonly after?: SpoolPosition
  readonly found?: (entry: FoundEntry) => void
}

/** Tells of the part of each frame of a segment that still waits; undefined: nobody asks. */
export function foundEntries(
  { after, found }: Looking,
  segment: number,
): ((frame: ReadFrame) => void) | undefined {
  if (!found || (after && segment < after.segment)) return undefined
  const from = after?.segment === segment ? after.offset : 0
  return (frame) => {
    const { origin, receivedAt, start, end } = frame
    if (end <= from) return
    const left = start >= from ? wholeOf(frame) : partOf(frame, from)
    if (left.records > 0) found({ origin, receivedAt, ...left })
  }
}

/** Every record has four bytes of length before it. */
function wholeOf({ count, bytes, recordsAt }: ReadFrame): { records: number; bytes: number } {
  return { records: count, bytes: bytes.length - recordsAt - 4 * count }
}

function partOf(frame: ReadFrame, from: number): { records: number; bytes: number } {
  let records = 0
  let bytes = 0
  for (const { at, body } of recordsOf(frame.bytes, frame.recordsAt)) {
    if (frame.start + at < from) continue
    records++
    bytes += body.length
  }
  return { records, bytes }
}
