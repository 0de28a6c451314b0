import { type FileHandle, open } from 'node:fs/promises'
import type { FilePosition } from '../keep/file-store.ts'
import { cutterOf, type FileReading } from './file-cutter.ts'
import { FileHead, namesColumns } from './file-head.ts'
import { beginsAs, type FileIdentity, identityOf, isShort, sumTo } from './file-identity.ts'
import { type LinesParts, lengthOf, spoolLines } from './file-lines.ts'
import { type FileMark, printMark } from './file-mark.ts'
import type { SplitLine } from './line-splitter.ts'
import { type RecordCutter, restOf } from './record-cutter.ts'

/** What a reader of files needs of the station. */
export interface TailStore {
  /** Moves the durable checkpoint of a file; `before` is the name it had so far, if that changed. */
  readonly save: (position: FilePosition, before: string | undefined) => Promise<void>
  /** Batches known that start so: what was spooled before a kill and not yet checkpointed. */
  readonly spooled: (prefix: string) => Promise<string[]>
}

export interface TailReaderParts extends LinesParts {
  /** How its records are read; absent: as lines. */
  readonly reading?: FileReading | undefined
  readonly store: TailStore
}

/** A file as the last checkpoint knew it. */
export type KnownFile = FilePosition & FileMark

const chunkBytes = 1_048_576
const headBytes = 65_536
/** About two seconds. */
const looksToSettle = 8
const lineFeed = 0x0a

/**
 * Reads one open file to its end, again and again. The checkpoint moves after the spool has the lines; a
 * batch is named after the place it starts and ends at, so that one spooled just before a kill is known.
 */
export class TailReader {
  readonly identityAtOpen: FileIdentity
  readonly #parts: TailReaderParts
  readonly #handle: FileHandle
  #identity: FileIdentity
  /** Everything below is in the spool and checkpointed. */
  #offset: number
  /** CRC-32 of that, by which a packed copy is recognised; undefined: not known. */
  #sum: number | undefined
  /** The name of the checkpoint; undefined: there is none. */
  #saved: string | undefined
  #splitter: RecordCutter
  /** In a row, that found nothing new. */
  #looks = 0
  readonly #head: FileHead

  private constructor(
    parts: TailReaderParts,
    handle: FileHandle,
    known: Pick<KnownFile, 'identity' | 'offset' | 'sum'> & { readonly file?: string },
  ) {
    this.#parts = parts
    this.#head = new FileHead(parts.reading && namesColumns(parts.reading))
    this.#splitter = cutterOf(parts.reading)
    this.#handle = handle
    this.identityAtOpen = known.identity
    this.#identity = known.identity
    this.#offset = known.offset
    this.#sum = known.sum
    this.#saved = known.file
  }

  /**
   * Opens a file where one of `known` says it was left, else at its beginning; undefined while it is empty.
   * Throws what opening a file throws.
   */
  static async open(
    parts: TailReaderParts,
    known: readonly KnownFile[],
  ): Promise<TailReader | undefined> {
    const handle = await open(parts.path, 'r')
    try {
      const fresh = await identityOf(handle)
      if (fresh) return await TailReader.#at(parts, handle, fresh, known)
    } catch (error) {
      await handle.close()
      throw error
    }
    await handle.close()
    return undefined
  }

  static async #at(
    parts: TailReaderParts,
    handle: FileHandle,
    fresh: FileIdentity,
    known: readonly KnownFile[],
  ): Promise<TailReader> {
    for (const each of known) {
      const { identity } = each
      const isSame = identity.device === fresh.device && identity.inode === fresh.inode
      if (!isSame || !(await beginsAs(handle, identity))) continue
      const reader = new TailReader(parts, handle, each)
      await reader.#skipSpooled()
      await reader.#readHead()
      reader.#splitter = await reader.#splitterHere()
      return reader
    }
    const reader = new TailReader(parts, handle, { identity: fresh, offset: 0, sum: 0 })
    // Said at once: a kill before the first checkpoint must find the file at its beginning.
    await reader.#save()
    return reader
  }

  get path(): string {
    return this.#parts.path
  }

  /** Whether this is (still) the file of that device and inode. */
  isFile(device: number, inode: number): boolean {
    return this.#identity.device === device && this.#identity.inode === inode
  }

  /** Reads what was added. Answers false if the file was truncated or written anew: open it again. */
  async read(): Promise<boolean> {
    for (;;) {
      const { size } = await this.#handle.stat()
      const at = this.#offset + this.#splitter.pending
      if (size < at || !(await beginsAs(this.#handle, this.#identity))) return false
      if (size === at) await this.#rest()
      if (size === at || this.#parts.signal.aborted) return true
      this.#looks = 0
      const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size - at))
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, at)
      if (bytesRead === 0) return true
      await this.#keep(this.#splitter.push(buffer.subarray(0, bytesRead)))
      await this.#lengthen()
    }
  }

  /** What waits for more is taken after a few looks that found none. */
  async #rest(): Promise<void> {
    if (this.#splitter.settle && ++this.#looks >= looksToSettle) {
      await this.#keep(this.#splitter.settle())
    }
  }

  /** Takes the last line without line end: nobody will finish it, the file was put aside. */
  async finish(): Promise<void> {
    await this.#keep(restOf(this.#splitter))
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  async #keep(lines: readonly SplitLine[]): Promise<void> {
    if (lines.length === 0) return
    const end = this.#offset + lengthOf(lines)
    const key = `${this.#prefix()}${end}:${await this.#checksum(end)}`
    if (!(await spoolLines(this.#parts, this.#head, { key, lines }))) return this.#forget()
    await this.#moveTo(end)
    await this.#save()
  }

  async #moveTo(end: number): Promise<void> {
    this.#sum = await sumTo(this.#handle, end, { from: this.#offset, sum: this.#sum })
    this.#offset = end
  }

  async #save(): Promise<void> {
    const { path, store } = this.#parts
    const file = printMark({ identity: this.#identity, sum: this.#sum })
    const before = this.#saved === file ? undefined : this.#saved
    await store.save({ file, path, offset: this.#offset }, before)
    this.#saved = file
  }

  /** Columns are named where a file begins; of what was read before, this is what later lines need. */
  async #readHead(): Promise<void> {
    const buffer = Buffer.alloc(Math.min(headBytes, this.#offset))
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, 0)
    const splitter = cutterOf(this.#parts.reading)
    for (const { bytes } of splitter.push(buffer.subarray(0, bytesRead))) this.#head.take(bytes)
  }

  /** The line stops with a batch in hand: it is read again from the checkpoint. */
  async #forget(): Promise<void> {
    this.#splitter = await this.#splitterHere()
  }

  /** Lines end with a line feed: where another byte stands before, the reader was between records of a document. */
  async #splitterHere(): Promise<RecordCutter> {
    const before = Buffer.alloc(1)
    const at = this.#offset - 1
    const { bytesRead } = at < 0 ? { bytesRead: 0 } : await this.#handle.read(before, 0, 1, at)
    const isInside = bytesRead === 1 && before[0] !== lineFeed
    return cutterOf(this.#parts.reading, { names: this.#head.columns, isInside })
  }

  /** Once the file is long enough, takes a fingerprint that tells it from more others. */
  async #lengthen(): Promise<void> {
    if (!isShort(this.#identity)) return
    const fresh = await identityOf(this.#handle)
    if (!fresh || fresh.length <= this.#identity.length) return
    this.#identity = fresh
    await this.#save()
  }

  /** Passes over what the spool had already when the checkpoint was last written. */
  async #skipSpooled(): Promise<void> {
    for (const key of await this.#parts.store.spooled(this.#prefix())) {
      const [end, sum] = key.slice(this.#prefix().length).split(':')
      if (!(await this.#holds(Number(end), sum))) continue
      await this.#moveTo(Number(end))
      return this.#skipSpooled()
    }
  }

  /** Whether the bytes from the checkpoint to `end` are those of a batch. */
  async #holds(end: number, sum: string | undefined): Promise<boolean> {
    const length = end - this.#offset
    return length > 0 && length <= 4 * chunkBytes && (await this.#checksum(end)) === sum
  }

  /** CRC-32 from the checkpoint to `end`; undefined: the file ends before. */
  async #checksum(end: number): Promise<string | undefined> {
    const sum = await sumTo(this.#handle, end, { from: this.#offset, sum: 0 })
    return sum?.toString(16)
  }

  #prefix(): string {
    const { device, inode, hash } = this.#identity
    return `file:${device}-${inode}-${hash}:${this.#offset}:`
  }
}
