import { createHash } from 'node:crypto'
import { compose, Readable } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { blobNameOf } from '../blobs/blob-name.ts'
import { Problem } from '../problem.ts'
import { openBytes } from './backup-key.ts'
import type { BackupFile, Chunk } from './backup-manifest.ts'
import type { BackupPlace } from './backup-place.ts'
import { purposeOf } from './backup-writer.ts'

/** Reads files of a backup, a piece at a time. */
export class BackupReader {
  readonly #place: BackupPlace
  readonly #key: Uint8Array

  constructor(place: BackupPlace, key: Uint8Array) {
    this.#place = place
    this.#key = key
  }

  /** The bytes of a file; fails with Problem backup.damaged where they are not those that were written. */
  read(file: BackupFile): Readable {
    const packed = Readable.from(this.#opened(file), { objectMode: false })
    return Readable.from(compared(file, compose(packed, createZstdDecompress())), {
      objectMode: false,
    })
  }

  /** Reads a file and keeps nothing of it. */
  async check(file: BackupFile): Promise<void> {
    for await (const _ of this.read(file));
  }

  async *#opened(file: BackupFile): AsyncGenerator<Buffer> {
    for (const [number, chunk] of file.chunks.entries()) {
      const sealed = await pieceOf(this.#place, chunk, file.path)
      yield this.#open(sealed, file.path, number)
    }
  }

  #open(sealed: Uint8Array, path: string, number: number): Buffer {
    try {
      return openBytes(this.#key, sealed, purposeOf(path, number))
    } catch {
      throw new Problem(
        'backup.damaged',
        `${path}: a piece does not open with the key of the backup`,
      )
    }
  }
}

/** A piece as it lies in the place. Throws Problem backup.damaged where it is missing or changed. */
export async function pieceOf(
  place: BackupPlace,
  { name, sha256 }: Chunk,
  path: string,
): Promise<Uint8Array> {
  const bytes = await place.read(name)
  if (!bytes) throw new Problem('backup.damaged', `${path}: piece ${name} is missing`)
  if (blobNameOf(bytes) === sha256) return bytes
  throw new Problem('backup.damaged', `${path}: piece ${name} was changed`)
}

async function* compared(file: BackupFile, from: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const digest = createHash('sha256')
  let bytes = 0
  for await (const part of from) {
    digest.update(part)
    bytes += part.length
    yield part
  }
  if (bytes !== file.bytes || digest.digest('hex') !== file.sha256)
    throw new Problem('backup.damaged', `${file.path} is not as it was when it was backed up`)
}
