import { truncate } from 'node:fs/promises'
import { foundEntries } from './found-entries.ts'
import { type SegmentFile, scanSegment, segmentNumbers } from './segment-file.ts'
import type { FoundEntry, SpoolPosition } from './spool.ts'

/** Reads all segments of a directory, in order; a torn tail is taken off, what waits is told to `found`. */
export async function scanSegments(parts: {
  readonly directory: string
  readonly after?: SpoolPosition
  readonly found?: (entry: FoundEntry) => void
}): Promise<{
  readonly segments: SegmentFile[]
  /** Number of the last one; 0: there is none. */
  readonly last: number
  readonly tornBytes: number
  readonly damagedBytes: number
}> {
  const { directory } = parts
  const numbers = await segmentNumbers(directory)
  const last = numbers.at(-1) ?? 0
  const segments: SegmentFile[] = []
  let tornBytes = 0
  let damagedBytes = 0
  for (const number of numbers) {
    const seen = foundEntries(parts, number)
    const scan = await scanSegment(directory, number, number === last, seen)
    segments.push(scan.segment)
    damagedBytes += scan.damagedBytes
    tornBytes += scan.tornBytes
    if (scan.tornBytes > 0) await truncate(scan.segment.path, scan.segment.end)
  }
  return { segments, last, tornBytes, damagedBytes }
}
