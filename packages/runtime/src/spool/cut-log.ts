import { type FileHandle, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { CutBook, recordsIn } from './cut-book.ts'
import { syncDirectory } from './segment-file.ts'
import type { Cut, Cuts } from './segment-log.ts'

const cutBytes = 26
/** The file is written anew when it holds this many cuts that are no longer asked for. */
const staleLimit = 4_096
const reserveBytes = 2 * staleLimit * cutBytes

/**
 * The cuts made and not yet released. A cut is on disk before it is known here, so a range that was
 * ever handed out is the same after a restart.
 */
export class CutLog implements Cuts {
  readonly #directory: string
  readonly #book: CutBook
  #handle: FileHandle
  #end: number
  #stale: number

  private constructor(directory: string, handle: FileHandle, cuts: readonly Cut[], end: number) {
    this.#directory = directory
    this.#handle = handle
    this.#book = new CutBook(cuts)
    this.#end = end
    this.#stale = end / cutBytes - this.#book.size
  }

  /**
   * Opens the log of a spool directory; cuts of segments not in `kept` are forgotten. A torn cut at the
   * end was never handed out and is written over.
   */
  static async open(directory: string, kept: ReadonlySet<number>): Promise<CutLog> {
    const path = join(directory, 'cuts')
    const handle = await open(path, 'r+').catch(async () => {
      const made = await writeCuts(path, [])
      await syncDirectory(directory)
      return made
    })
    const cuts = decodeCuts(await handle.readFile())
    const known = cuts.filter(({ segment }) => kept.has(segment))
    return new CutLog(directory, handle, known, cuts.length * cutBytes)
  }

  find(segment: number, from: number): Cut | undefined {
    return this.#book.find(segment, from)
  }

  /** Resolves when the cut is on disk. */
  async add(cut: Cut): Promise<void> {
    const bytes = encodeCut(cut)
    await this.#handle.write(bytes, 0, bytes.length, this.#end)
    await this.#handle.datasync()
    this.#end += bytes.length
    this.#book.add(cut)
  }

  /** Forgets the cuts that end at or below a position; answers how many records they held. */
  async release(segment: number, offset: number): Promise<number> {
    const released = this.#book.release(segment, offset)
    this.#stale += released.length
    // A full disk must not stop what gives disk back; the next release tries again.
    if (this.#stale >= staleLimit) await this.#rewrite().catch(() => undefined)
    return recordsIn(released)
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  async #rewrite(): Promise<void> {
    const cuts = [...this.#book.values()]
    const fresh = await writeCuts(join(this.#directory, 'cuts.new'), cuts)
    await rename(join(this.#directory, 'cuts.new'), join(this.#directory, 'cuts'))
    await syncDirectory(this.#directory)
    await this.#handle.close()
    this.#handle = fresh
    this.#end = cuts.length * cutBytes
    this.#stale = 0
  }
}

/** A file of cuts with room for more already taken on disk, so that a cut is possible when the disk is full. */
async function writeCuts(path: string, cuts: readonly Cut[]): Promise<FileHandle> {
  const handle = await open(path, 'w+')
  const bytes = Buffer.alloc(cuts.length * cutBytes + reserveBytes)
  for (const [index, cut] of cuts.entries()) encodeCut(cut).copy(bytes, index * cutBytes)
  await handle.write(bytes, 0, bytes.length, 0)
  await handle.datasync()
  return handle
}

function encodeCut(cut: Cut): Buffer {
  const bytes = Buffer.alloc(cutBytes)
  bytes.writeUIntLE(cut.segment, 0, 6)
  bytes.writeUIntLE(cut.from, 6, 6)
  bytes.writeUIntLE(cut.to, 12, 6)
  bytes.writeUInt32LE(cut.records, 18)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 22)), 22)
  return bytes
}

function decodeCuts(bytes: Buffer): Cut[] {
  const cuts: Cut[] = []
  for (let at = 0; at + cutBytes <= bytes.length; at += cutBytes) {
    if (bytes.readUInt32LE(at + 22) !== crc32(bytes.subarray(at, at + 22))) break
    cuts.push({
      segment: bytes.readUIntLE(at, 6),
      from: bytes.readUIntLE(at + 6, 6),
      to: bytes.readUIntLE(at + 12, 6),
      records: bytes.readUInt32LE(at + 18),
    })
  }
  return cuts
}
