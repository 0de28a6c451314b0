import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FrameReader, type ReadFrame } from './frame-reader.ts'
import { firstOffset, type Segment } from './segment-log.ts'

/** Every segment starts with these bytes; frames follow. */
export const segmentMagic = Buffer.from('HDSPOOL1')

/** One file of the spool. */
export interface SegmentFile extends Segment {
  readonly path: string
}

/** What a segment holds, and what of it cannot be read. */
export interface Scan {
  readonly segment: SegmentFile
  /** Bytes of frames that fail their check although frames follow, or that lie in a finished segment. */
  readonly damagedBytes: number
  /** Bytes above the last whole frame. */
  readonly tornBytes: number
}

const namePattern = /^(\d{10})\.segment$/

export function segmentPath(directory: string, number: number): string {
  return join(directory, `${String(number).padStart(10, '0')}.segment`)
}

/** Numbers of the segments in a directory, in order. */
export async function segmentNumbers(directory: string): Promise<number[]> {
  const names = await readdir(directory)
  return names
    .flatMap((name) => namePattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

/**
 * Reads all of a segment. In the last one, which was being written, reading ends at the first frame that
 * fails its check: what follows was never acknowledged. In the others damage is passed over and counted.
 * `seen` is told of every whole frame.
 */
export async function scanSegment(
  directory: string,
  number: number,
  isLast: boolean,
  seen?: (frame: ReadFrame) => void,
): Promise<Scan> {
  const path = segmentPath(directory, number)
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const segment: SegmentFile = { number, path, end: firstOffset, records: 0, keys: [] }
    const reader = new FrameReader(handle, size)
    let damagedBytes = 0
    for (;;) {
      const found = await reader.at(segment.end)
      if (found.kind === 'nothing') break
      if (found.kind === 'damage') {
        if (isLast) break
        damagedBytes += found.end - segment.end
        segment.end = found.end
        continue
      }
      const { frame } = found
      segment.end = frame.end
      segment.records += frame.count
      seen?.(frame)
      if (frame.key !== undefined) segment.keys.push({ origin: frame.origin, key: frame.key })
    }
    return { segment, damagedBytes, tornBytes: Math.max(0, size - segment.end) }
  } finally {
    await handle.close()
  }
}

/** Makes the names in a directory durable. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
