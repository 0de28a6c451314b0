import type { Problem } from '../problem.ts'

/** A numbered stretch of the log, as far as its frames are durable. Offsets start at `firstOffset`. */
export interface Segment {
  readonly number: number
  /** Above the last frame that is durable. */
  end: number
  records: number
  readonly keys: { readonly origin: string; readonly key: string }[]
}

/** Offset of the first frame of every segment. */
export const firstOffset = 8

/** One entry on its way into the log. */
export interface Waiting {
  readonly frame: Buffer
  /** Told once the frame is durable, in the order of writing. */
  readonly written: (segment: Segment, end: number) => void
  readonly failed: (error: unknown) => void
}

/** The bytes of one segment. */
export interface SegmentBytes {
  /** Fills `buffer` from `offset` on with the bytes at `position`; fewer only where the segment ends. */
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>
  close(): Promise<void>
}

/** Where the frames of a spool lie: files of a directory, or a stream of a broker. */
export interface SegmentLog {
  /** Those not given back, oldest first. */
  readonly segments: readonly Segment[]
  /** Number of the segment being written; those below never grow. */
  readonly activeNumber: number
  /** Bytes that what is written takes. */
  readonly usedBytes: number
  /** Acknowledged bytes that are no longer there, since the start. */
  readonly lostBytes: number
  /** Takes frames in order, and answers each. */
  append(waiting: Waiting): void
  open(segment: Segment): Promise<SegmentBytes>
  /** Gives back the oldest segment. */
  dropFirst(): Promise<void>
  /** Resolves when everything given has been answered. */
  close(): Promise<void>
}

/** Where a range begins and ends; ranges lie within one segment. */
export interface Cut {
  readonly segment: number
  readonly from: number
  readonly to: number
  readonly records: number
}

/** The cuts made and not yet released. */
export interface Cuts {
  find(segment: number, from: number): Cut | undefined
  /** Resolves when the cut is durable. */
  add(cut: Cut): Promise<void>
  /** Forgets the cuts that end at or below a position; answers how many records they held. */
  release(segment: number, offset: number): Promise<number>
  close(): Promise<void>
}

/** Room beyond the bound of the spool itself. */
export interface Room {
  /** Bytes left to use; infinite where nobody counts. */
  readonly spare: number
  /** Why nothing more may be taken in now; undefined: it may. */
  readonly shortage: Problem | undefined
}

/** What a start or a reading found unreadable. Torn bytes were never acknowledged; damaged ones were. */
export interface SpoolLosses {
  readonly tornBytes: number
  readonly damagedBytes: number
}
