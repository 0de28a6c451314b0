import { crc32 } from 'node:zlib'
import { fingerprint, wholeFingerprint } from './file-identity.ts'
import type { FileMark } from './file-mark.ts'
import type { KnownFile } from './tail-reader.ts'
import { UnpackFault } from './unpack-file.ts'

/** What is known of what a packed file holds. */
export interface KnownContents {
  /** Of the bytes it begins with. */
  readonly beginning: Pick<FileMark['identity'], 'length' | 'hash'>
  /** The file, plain or packed, that held the same as far as it was read. */
  readonly same: KnownFile | undefined
  /** It broke off before it could be compared with this file, which begins the same and was read further. */
  readonly longer: KnownFile | undefined
}

/**
 * Compares what a packed file holds with files read before, by all that was read of them: by fingerprint and
 * checksum, so that another log with the same beginning is not taken for them. Of several, the one read
 * furthest counts. Throws what reading throws, but no UnpackFault.
 */
export async function compareContents(
  unpacked: AsyncIterable<Uint8Array>,
  known: readonly KnownFile[],
): Promise<KnownContents> {
  const comparison = new Comparison(known)
  let isBroken = false
  try {
    for await (const piece of unpacked) if (!comparison.take(piece)) break
  } catch (error) {
    if (!(error instanceof UnpackFault)) throw error
    isBroken = true
  }
  return comparison.result(isBroken)
}

class Comparison {
  readonly #known: readonly KnownFile[]
  #beginning = Buffer.alloc(0)
  /** Those that begin the same, by how far they were read. */
  #candidates: KnownFile[] | undefined
  #at = 0
  #sum = 0
  #same: KnownFile | undefined

  constructor(known: readonly KnownFile[]) {
    this.#known = known
  }

  /** False when there is nothing more to compare. */
  take(piece: Uint8Array): boolean {
    if (this.#candidates) return this.#compare(piece)
    this.#beginning = Buffer.concat([this.#beginning, piece])
    if (this.#beginning.length < wholeFingerprint) return true
    return this.#begin()
  }

  result(isBroken: boolean): KnownContents {
    if (!this.#candidates) this.#begin()
    const last = isBroken ? this.#candidates?.at(-1) : undefined
    const isSure = last?.identity.length === wholeFingerprint
    const start = this.#beginning.subarray(0, wholeFingerprint)
    return {
      beginning: { length: start.length, hash: fingerprint(start) },
      same: this.#same,
      longer: isSure ? last : undefined,
    }
  }

  #begin(): boolean {
    const bytes = this.#beginning
    this.#candidates = this.#known
      .filter(({ identity: { length, hash }, sum }) => {
        if (sum === undefined || length > bytes.length) return false
        return fingerprint(bytes.subarray(0, length)) === hash
      })
      .toSorted((a, b) => a.offset - b.offset)
    return this.#compare(bytes)
  }

  #compare(piece: Uint8Array): boolean {
    const candidates = this.#candidates ?? []
    let from = 0
    for (let [next] = candidates; next; [next] = candidates) {
      const to = next.offset - this.#at
      if (to > piece.length - from) break
      this.#pass(piece.subarray(from, from + to))
      from += to
      if (next.sum === this.#sum) this.#same = next
      candidates.shift()
    }
    this.#pass(piece.subarray(from))
    return candidates.length > 0
  }

  #pass(bytes: Uint8Array): void {
    this.#sum = crc32(bytes, this.#sum)
    this.#at += bytes.length
  }
}
