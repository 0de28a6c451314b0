import { createHash } from 'node:crypto'
import type { Blobs } from '@haidang/runtime/blobs/blobs'

/** Files kept in memory under their hash. */
export class MemoryBlobs implements Blobs {
  readonly #kept = new Map<string, Uint8Array>()

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.#kept.set(sha256, bytes)
    return sha256
  }

  async get(sha256: string): Promise<Uint8Array | undefined> {
    return this.#kept.get(sha256)
  }
}
