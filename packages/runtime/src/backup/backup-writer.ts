import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { blobNameOf } from '../blobs/blob-name.ts'
import { sealBytes } from './backup-key.ts'
import type { BackupFile, Chunk } from './backup-manifest.ts'
import type { BackupShelf } from './backup-shelf.ts'

/** Compressed bytes of a piece; as much is held in memory. */
const pieceBytes = 4 * 1024 * 1024

interface WrittenFile {
  readonly path: string
  readonly mode?: number
  readonly print?: string
}

/** Writes the files of one backup: compressed, cut into pieces, encrypted. Memory is that of one piece. */
export class BackupWriter {
  readonly files: BackupFile[] = []
  readonly #shelf: BackupShelf
  readonly #key: Uint8Array
  readonly #known: ReadonlyMap<string, BackupFile>
  #written = 0

  /** `earlier`: files of the backup before, whose pieces are used again where their print is the same. */
  constructor(shelf: BackupShelf, key: Uint8Array, earlier: readonly BackupFile[]) {
    this.#shelf = shelf
    this.#key = key
    this.#known = new Map(
      earlier.filter(({ print }) => print !== '').map((file) => [file.path, file]),
    )
  }

  /** Bytes given so far, before compression. */
  get written(): number {
    return this.#written
  }

  /** Takes a file over from the backup before, where it had the same print. */
  takeOver(path: string, print: string): boolean {
    const known = this.#known.get(path)
    if (print === '' || known?.print !== print) return false
    this.files.push(known)
    this.#written += known.bytes
    return true
  }

  async add(file: WrittenFile, source: Readable, signal: AbortSignal): Promise<BackupFile> {
    const { path, mode = 0o600, print = '' } = file
    const digest = createHash('sha256')
    const chunks: Chunk[] = []
    let bytes = 0
    const counted = async function* (from: AsyncIterable<Buffer>) {
      for await (const part of from) {
        digest.update(part)
        bytes += part.length
        yield part
      }
    }
    const compress = createZstdCompress({
      params: { [constants.ZSTD_c_compressionLevel]: 3 },
    })
    await pipeline(
      source,
      counted,
      compress,
      async (packed: AsyncIterable<Buffer>) => {
        let held: Buffer[] = []
        let size = 0
        for await (const part of packed) {
          held.push(part)
          size += part.length
          if (size < pieceBytes) continue
          chunks.push(await this.#piece(path, chunks.length, Buffer.concat(held)))
          held = []
          size = 0
        }
        if (size > 0) chunks.push(await this.#piece(path, chunks.length, Buffer.concat(held)))
      },
      { signal },
    )
    const entry = { path, bytes, sha256: digest.digest('hex'), mode, print, chunks }
    this.files.push(entry)
    this.#written += bytes
    return entry
  }

  async #piece(path: string, number: number, packed: Buffer): Promise<Chunk> {
    const sealed = sealBytes(this.#key, packed, purposeOf(path, number))
    const name = await this.#shelf.nextPiece()
    await this.#shelf.place.write(name, sealed)
    return { name, sha256: blobNameOf(sealed), bytes: sealed.length }
  }
}

/** A piece opens only as the one of its file it was written as. */
export function purposeOf(path: string, number: number): string {
  return `${path}#${number}`
}
