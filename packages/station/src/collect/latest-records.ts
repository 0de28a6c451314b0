interface Latest {
  readonly sender: string
  readonly bytes: Uint8Array
}

interface Ring {
  records: (Latest | undefined)[]
  /** Those before it are gone. */
  first: number
  bytes: number
}

/**
 * The latest records of sources that are held back and say that their oldest give way: so many of each, in order,
 * until they are let in.
 */
export class LatestRecords {
  readonly #mostRecords: number
  readonly #mostBytes: number
  readonly #rings = new Map<string, Ring>()

  /** Bounds of each source. */
  constructor({ records = 10_000, bytes = 4 * 1_048_576 } = {}) {
    this.#mostRecords = records
    this.#mostBytes = bytes
  }

  get isEmpty(): boolean {
    return this.#rings.size === 0
  }

  has(sourceId: string): boolean {
    return this.#rings.has(sourceId)
  }

  /** Answers how many of the oldest had to go. */
  put(sourceId: string, record: Latest): number {
    const ring = this.#rings.get(sourceId) ?? { records: [], first: 0, bytes: 0 }
    this.#rings.set(sourceId, ring)
    ring.records.push(record)
    ring.bytes += record.bytes.length
    let gone = 0
    while (ring.records.length - ring.first > this.#mostRecords || ring.bytes > this.#mostBytes) {
      if (shift(ring) === undefined) break
      gone++
    }
    return gone
  }

  /** Takes out, oldest first, what `isLet` lets go, until it says no. */
  *take(
    isLet: (sourceId: string, bytes: number) => boolean,
  ): Generator<Latest & { readonly sourceId: string }> {
    for (const [sourceId, ring] of this.#rings) {
      for (;;) {
        const oldest = ring.records[ring.first]
        if (!oldest) {
          this.#rings.delete(sourceId)
          break
        }
        if (!isLet(sourceId, oldest.bytes.length)) break
        shift(ring)
        yield { sourceId, ...oldest }
      }
    }
  }
}

function shift(ring: Ring): Latest | undefined {
  const oldest = ring.records[ring.first]
  if (!oldest) return undefined
  ring.records[ring.first++] = undefined
  ring.bytes -= oldest.bytes.length
  if (ring.first > 1024 && ring.first * 2 > ring.records.length) {
    ring.records = ring.records.slice(ring.first)
    ring.first = 0
  }
  return oldest
}
