import { open, unlink } from 'node:fs/promises'
import { Problem } from '../problem.ts'
import { type SegmentFile, segmentMagic, segmentPath, syncDirectory } from './segment-file.ts'
import { firstOffset, type Waiting } from './segment-log.ts'

/** What the writer needs of a file; tests put a failing disk here. */
export interface AppendFile {
  writev(buffers: readonly Uint8Array[], position: number): Promise<{ bytesWritten: number }>
  datasync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

/** Creates a file that must not exist yet. */
export type CreateFile = (path: string) => Promise<AppendFile>

export const createOnDisk: CreateFile = (path) => open(path, 'wx')

const groupBytes = 4 * 1024 * 1024
const diskFull = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const diskFailed = new Set(['EROFS', 'EIO'])

/**
 * Writes frames in groups: everything that waits goes to disk with one write and one fdatasync, and is
 * answered then. A group that fails is answered with its failure and taken back from the file.
 */
export class SegmentWriter {
  readonly #directory: string
  readonly #segmentBytes: number
  readonly #create: CreateFile
  readonly #opened: (segment: SegmentFile) => void
  #next: number
  #active: { segment: SegmentFile; file: AppendFile } | undefined
  readonly #queue: Waiting[] = []
  #running: Promise<void> | undefined

  constructor(parts: {
    directory: string
    segmentBytes: number
    create: CreateFile
    /** Number of the next segment; numbers are never used twice. */
    next: number
    /** Told of every new segment before anything is in it. */
    opened: (segment: SegmentFile) => void
  }) {
    this.#directory = parts.directory
    this.#segmentBytes = parts.segmentBytes
    this.#create = parts.create
    this.#next = parts.next
    this.#opened = parts.opened
  }

  /** Number of the segment being written; those below never change. */
  get activeNumber(): number {
    return this.#active?.segment.number ?? this.#next
  }

  append(waiting: Waiting): void {
    this.#queue.push(waiting)
    this.#running ??= this.#run()
  }

  /** Resolves when everything given has been answered. */
  async close(): Promise<void> {
    await this.#running
    await this.#active?.file.close()
    this.#active = undefined
  }

  async #run(): Promise<void> {
    // Entries given in the same turn of the event loop travel together.
    await Promise.resolve()
    while (this.#queue.length > 0) {
      const group = this.#takeGroup()
      try {
        await this.#write(group)
      } catch (error) {
        for (const { failed } of group) failed(refusal(error))
      }
    }
    this.#running = undefined
  }

  #takeGroup(): Waiting[] {
    let bytes = 0
    let count = 0
    for (const { frame } of this.#queue) {
      if (count > 0 && bytes + frame.length > groupBytes) break
      bytes += frame.length
      count += 1
    }
    return this.#queue.splice(0, count)
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const { segment, file } = await this.#ready()
    const frames = group.map(({ frame }) => frame)
    await writeAll(file, frames, segment.end).catch(async (error: unknown) => {
      await this.#takeBack(file, segment)
      throw error
    })
    await file.datasync().catch(async (error: unknown) => {
      await this.#abandon(file, segment)
      throw error
    })
    let end = segment.end
    for (const { frame, written } of group) {
      end += frame.length
      written(segment, end)
    }
  }

  /** The segment to write to: the active one, or a new one when that is full. */
  async #ready(): Promise<{ segment: SegmentFile; file: AppendFile }> {
    if (this.#active && this.#active.segment.end >= this.#segmentBytes) {
      await this.#active.file.close()
      this.#active = undefined
    }
    this.#active ??= await this.#start()
    return this.#active
  }

  async #start(): Promise<{ segment: SegmentFile; file: AppendFile }> {
    const number = this.#next
    const path = segmentPath(this.#directory, number)
    const file = await this.#create(path)
    // Whatever happens now, this number is spent.
    this.#next = number + 1
    try {
      await writeAll(file, [segmentMagic], 0)
      await file.datasync()
      await syncDirectory(this.#directory)
    } catch (error) {
      await file.close()
      await unlink(path).catch(() => undefined)
      throw error
    }
    const segment: SegmentFile = { number, path, end: firstOffset, records: 0, keys: [] }
    this.#opened(segment)
    return { segment, file }
  }

  /** A write that failed leaves nothing behind; the segment goes on where it was. */
  async #takeBack(file: AppendFile, segment: SegmentFile): Promise<void> {
    await file.truncate(segment.end).catch(() => this.#abandon(file, segment))
  }

  /** What a failed fdatasync left cannot be known, so the segment ends at its last frame. */
  async #abandon(file: AppendFile, segment: SegmentFile): Promise<void> {
    this.#active = undefined
    await file.truncate(segment.end).catch(() => undefined)
    await file.close().catch(() => undefined)
  }
}

async function writeAll(
  file: AppendFile,
  buffers: readonly Buffer[],
  position: number,
): Promise<void> {
  let rest = [...buffers]
  let at = position
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest, at)
    if (bytesWritten === 0) throw new Error('the disk took no bytes')
    at += bytesWritten
    rest = without(rest, bytesWritten)
  }
}

/** What remains of buffers after their first `bytes`. */
function without(buffers: readonly Buffer[], bytes: number): Buffer[] {
  let left = bytes
  const rest: Buffer[] = []
  for (const buffer of buffers) {
    if (left >= buffer.length) {
      left -= buffer.length
      continue
    }
    rest.push(left > 0 ? buffer.subarray(left) : buffer)
    left = 0
  }
  return rest
}

function refusal(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error)) return error
  const code = String(error.code)
  if (diskFull.has(code)) return new Problem('ingest.disk-full', error.message)
  return diskFailed.has(code) ? new Problem('ingest.disk-failed', error.message) : error
}
