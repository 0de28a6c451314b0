import { open, unlink } from 'node:fs/promises'
import { type SegmentFile, segmentPath, syncDirectory } from './segment-file.ts'
import type { SegmentBytes, SegmentLog, Waiting } from './segment-log.ts'
import { type CreateFile, SegmentWriter } from './segment-writer.ts'

interface DiskSegmentsParts {
  readonly directory: string
  readonly segmentBytes: number
  readonly create: CreateFile
  /** Segments of earlier lives. */
  readonly found: readonly SegmentFile[]
  /** Number of the next segment. */
  readonly next: number
}

/** The segments of a spool as files of a directory. */
export class DiskSegments implements SegmentLog {
  /** Disks tell of what they lost when they are read. */
  readonly lostBytes = 0
  readonly #directory: string
  readonly #segments: SegmentFile[]
  readonly #writer: SegmentWriter

  constructor({ directory, segmentBytes, create, found, next }: DiskSegmentsParts) {
    this.#directory = directory
    this.#segments = [...found]
    const opened = (segment: SegmentFile) => this.#segments.push(segment)
    this.#writer = new SegmentWriter({ directory, segmentBytes, create, next, opened })
  }

  get segments(): readonly SegmentFile[] {
    return this.#segments
  }

  get activeNumber(): number {
    return this.#writer.activeNumber
  }

  get usedBytes(): number {
    return this.#segments.reduce((sum, { end }) => sum + end, 0)
  }

  append(waiting: Waiting): void {
    this.#writer.append(waiting)
  }

  open({ number }: { readonly number: number }): Promise<SegmentBytes> {
    return open(segmentPath(this.#directory, number), 'r')
  }

  async dropFirst(): Promise<void> {
    const [first] = this.#segments
    if (!first) return
    await unlink(first.path)
    this.#segments.shift()
    await syncDirectory(this.#directory)
  }

  close(): Promise<void> {
    return this.#writer.close()
  }
}
