import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../problem.ts'
import { writeDurably } from '../write-durably.ts'
import type { RemovableBlobs } from './blobs.ts'

/** Keeps blobs as files `ab/cd/abcd…` below a directory of their own. */
export class DirectoryBlobs implements RemovableBlobs {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = digestOf(bytes)
    const { folder, path } = this.#placeOf(sha256)
    if (existsSync(path)) return sha256
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeDurably(path, bytes).catch(refuseFullDisk)
    return sha256
  }

  async get(sha256: string): Promise<Uint8Array | undefined> {
    if (!isName(sha256)) return undefined
    const bytes = await readFile(this.#placeOf(sha256).path).catch(undefinedIfMissing)
    if (bytes && digestOf(bytes) !== sha256) {
      throw new Error(`The file kept as ${sha256} has been changed on disk`)
    }
    return bytes
  }

  async remove(sha256: string): Promise<void> {
    if (isName(sha256)) await rm(this.#placeOf(sha256).path, { force: true })
  }

  #placeOf(sha256: string): { folder: string; path: string } {
    const folder = join(this.#directory, sha256.slice(0, 2), sha256.slice(2, 4))
    return { folder, path: join(folder, sha256) }
  }
}

function isName(sha256: string): boolean {
  return /^[0-9a-f]{64}$/.test(sha256)
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function refuseFullDisk(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOSPC' ? new Problem('ingest.disk-full') : error
}
