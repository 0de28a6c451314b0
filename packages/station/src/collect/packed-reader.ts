import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import type { FilePosition } from '../keep/file-store.ts'
import { cutterOf, type FileReading } from './file-cutter.ts'
import { FileHead, namesColumns } from './file-head.ts'
import { checksum, type LinesParts, lengthOf, spoolLines } from './file-lines.ts'
import { type FileMark, type FinishedPacked, printMark, readMark } from './file-mark.ts'
import { compareContents } from './known-contents.ts'
import type { SplitLine } from './line-splitter.ts'
import { type RecordCutter, restOf } from './record-cutter.ts'
import type { KnownFile, TailStore } from './tail-reader.ts'
import { UnpackFault, unpackFile } from './unpack-file.ts'

export interface PackedReaderParts extends LinesParts {
  /** How its records are read; absent: as lines. */
  readonly reading?: FileReading | undefined
  readonly store: TailStore & { readonly positions: () => Promise<FilePosition[]> }
  /** Whether that file is being followed: what it still brings is not for its packed copy. */
  readonly isFollowed: (file: KnownFile) => boolean
  readonly isPaused: () => boolean
  /** Whether it will grow no more: if it breaks off then, its last line is taken as it is. */
  readonly isFinal: boolean
}

/** How reading a packed file went. */
export type PackedReading =
  | { readonly state: 'finished'; readonly position: FilePosition }
  /** To be read on from its checkpoint later. */
  | { readonly state: 'stopped' | 'unfinished' }
  /** Its file is still there under its own name. */
  | { readonly state: 'waits'; readonly for: KnownFile }

/** What goes into the spool at once begins and ends at a multiple of so many bytes, whenever it is read. */
const batchBytes = 1_048_576
const headBytes = 65_536
const lineFeed = 0x0a

/**
 * Reads what a packed file holds, once: what was read of it before, or of the file it was made of, is passed over. The
 * checkpoint is that of a file with these contents; a batch is named after its place, so that one spooled just
 * before a kill is known.
 */
export async function readPacked(parts: PackedReaderParts): Promise<PackedReading> {
  const handle = await open(parts.path, 'r')
  try {
    const stats = await handle.stat()
    const known = (await parts.store.positions()).flatMap((position) => {
      const mark = readMark(position.file)
      return mark ? [{ ...position, ...mark }] : []
    })
    const { beginning, same, longer } = await compareContents(unpackFile(handle), known)
    const followed = [same, longer].find((file) => file && !file.isPacked && parts.isFollowed(file))
    if (followed) return { state: 'waits', for: followed }
    const identity = { device: stats.dev, inode: stats.ino, ...beginning }
    const reader = new PackedReader(parts, handle, { identity, from: longer ?? same })
    const { size, mtimeMs } = stats
    const modified = Math.max(0, Math.floor(mtimeMs))
    return await reader.read({ size, modified }, longer !== undefined)
  } finally {
    await handle.close()
  }
}

class PackedReader {
  readonly #parts: PackedReaderParts
  readonly #handle: FileHandle
  readonly #identity: FileMark['identity']
  readonly #head: FileHead
  readonly #headLines: RecordCutter
  /** Everything below is in the spool. */
  #offset: number
  #sum: number | undefined
  #saved: string | undefined
  #splitter: RecordCutter | undefined
  /** Bytes unpacked, and their checksum. */
  #at = 0
  #atSum = 0
  #before = lineFeed

  constructor(
    parts: PackedReaderParts,
    handle: FileHandle,
    begin: { identity: FileMark['identity']; from: KnownFile | undefined },
  ) {
    this.#parts = parts
    this.#handle = handle
    this.#identity = begin.identity
    this.#head = new FileHead(parts.reading && namesColumns(parts.reading))
    this.#headLines = cutterOf(parts.reading)
    this.#offset = begin.from?.offset ?? 0
    this.#sum = begin.from ? begin.from.sum : 0
    const { device, inode } = begin.from?.identity ?? {}
    const isOwn = begin.from?.isPacked && device === begin.identity.device
    this.#saved = isOwn && inode === begin.identity.inode ? begin.from?.file : undefined
  }

  /** `isRead`: it breaks off before what was read of it; nothing of it is new. */
  async read(file: FinishedPacked, isRead: boolean): Promise<PackedReading> {
    let fault: UnpackFault | undefined
    try {
      if (isRead) throw new UnpackFault('truncated')
      for await (const piece of batches(unpackFile(this.#handle)))
        if (!(await this.#take(piece))) return { state: 'stopped' }
    } catch (error) {
      if (!(error instanceof UnpackFault)) throw error
      fault = error
    }
    const isOver = fault === undefined || !mayGrow.has(fault.kind) || this.#parts.isFinal
    if (!isOver) return { state: 'unfinished' }
    if (this.#splitter && !(await this.#keep(restOf(this.#splitter)))) return { state: 'stopped' }
    const position = await this.#save({ ...file, fault: fault?.kind })
    return { state: 'finished', position }
  }

  /** False: the line stops, or the source rests. */
  async #take(piece: Buffer): Promise<boolean> {
    const { signal, isPaused } = this.#parts
    if (signal.aborted || isPaused()) return false
    const read = Math.min(piece.length, Math.max(0, this.#offset - this.#at))
    if (read > 0) this.#pass(piece.subarray(0, read))
    if (read === piece.length) return true
    this.#splitter ??= cutterOf(this.#parts.reading, {
      names: this.#head.columns,
      isInside: this.#isInside(),
    })
    const lines = this.#splitter.push(piece.subarray(read))
    const isKept = await this.#keep(lines, piece.subarray(read))
    this.#advance(piece.subarray(read))
    return isKept
  }

  /** What was read before names the columns of what follows. */
  #pass(bytes: Buffer): void {
    if (this.#at < headBytes) {
      const lines = this.#headLines.push(bytes.subarray(0, headBytes - this.#at))
      for (const line of lines) this.#head.take(line.bytes)
    }
    this.#before = bytes.at(-1) ?? lineFeed
    this.#advance(bytes)
  }

  #advance(bytes: Buffer): void {
    this.#atSum = crc32(bytes, this.#atSum)
    this.#at += bytes.length
  }

  /** Lines end with a line feed: where another byte stands before, the reader was between records of a document. */
  #isInside(): boolean {
    return this.#offset > 0 && this.#before !== lineFeed
  }

  async #keep(lines: readonly SplitLine[], fresh: Buffer = Buffer.alloc(0)): Promise<boolean> {
    if (lines.length === 0) return true
    const { device, inode, hash } = this.#identity
    const end = this.#offset + lengthOf(lines)
    const key = `file:${device}-${inode}-${hash}:${this.#offset}:${end}:${checksum(lines)}`
    const batch = { key, lines, isPerhapsKnown: true }
    if (!(await spoolLines(this.#parts, this.#head, batch))) return false
    this.#offset = end
    // A record that ended before these bytes leaves the checkpoint where it is: the sum up to there is gone.
    if (end < this.#at) return true
    this.#sum = crc32(fresh.subarray(0, end - this.#at), this.#atSum)
    await this.#save(undefined)
    return true
  }

  async #save(finished: FinishedPacked | undefined): Promise<FilePosition> {
    const { path, store } = this.#parts
    const mark = { identity: this.#identity, sum: this.#sum, isPacked: true, finished }
    const position = { file: printMark(mark), path, offset: this.#offset }
    await store.save(position, this.#saved === position.file ? undefined : this.#saved)
    this.#saved = position.file
    return position
  }
}

/** What may be because the packed file is still being written. */
const mayGrow: ReadonlySet<string> = new Set(['truncated', 'unknown'])

/** The same bytes, cut at multiples of `batchBytes`; what came before a fault is answered before it is thrown. */
async function* batches(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let held: Buffer[] = []
  let length = 0
  let fault: unknown
  try {
    for await (const piece of pieces) {
      held.push(piece)
      length += piece.length
      if (length < batchBytes) continue
      const bytes = Buffer.concat(held, length)
      let from = 0
      for (; length - from >= batchBytes; from += batchBytes) {
        yield bytes.subarray(from, from + batchBytes)
      }
      held = [bytes.subarray(from)]
      length -= from
    }
  } catch (error) {
    fault = error
  }
  if (length > 0) yield Buffer.concat(held, length)
  if (fault !== undefined) throw fault
}
