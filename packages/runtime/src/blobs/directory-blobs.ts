import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../problem.ts'
import { writeDurably } from '../write-durably.ts'
import { blobNameOf, blobPath, isBlobName } from './blob-name.ts'
import type { RemovableBlobs } from './blobs.ts'

/** Keeps blobs as files `ab/cd/abcd…` below a directory of their own. */
export class DirectoryBlobs implements RemovableBlobs {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = blobNameOf(bytes)
    const path = this.#pathOf(sha256)
    if (existsSync(path)) return sha256
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeDurably(path, bytes).catch(refuseFullDisk)
    return sha256
  }

  async get(sha256: string): Promise<Uint8Array | undefined> {
    if (!isBlobName(sha256)) return undefined
    const bytes = await readFile(this.#pathOf(sha256)).catch(undefinedIfMissing)
    if (bytes && blobNameOf(bytes) !== sha256) {
      throw new Error(`The file kept as ${sha256} has been changed on disk`)
    }
    return bytes
  }

  async remove(sha256: string): Promise<void> {
    if (isBlobName(sha256)) await rm(this.#pathOf(sha256), { force: true })
  }

  #pathOf(sha256: string): string {
    return join(this.#directory, blobPath(sha256))
  }
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function refuseFullDisk(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOSPC' ? new Problem('ingest.disk-full') : error
}
