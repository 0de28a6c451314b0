import type { Alert } from '@haidang/contracts/alert'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { SpoolPosition, SpoolRange } from '@haidang/runtime/spool/spool'
import type { KeptMemory, MemoryStep, MemoryStore } from '../keep/memory-store.ts'
import type { Examined } from './examine-chunk.ts'

/** What watching a range came to. */
export interface Watched {
  readonly alerts: readonly Alert[]
  /** To be kept with the checkpoint; undefined: there was nothing to observe. */
  readonly step: MemoryStep | undefined
}

/** A detection that remembers earlier ranges. */
export interface RangeWatch {
  /** Under which its memory is kept. */
  readonly name: string
  /** Remembers again what was kept. */
  resume(kept: KeptMemory): Promise<void>
  /** What the next range adds; called once for each. */
  watch(examined: Examined): Promise<Watched>
}

type WatchedRange = readonly (Watched & { readonly name: string })[]

/**
 * Detections with a memory, on the line. What they remember follows from the ranges kept, in their order: each is
 * watched once, however often keeping it is tried, and what was observed is kept in the transaction that moves
 * the checkpoint. Who starts again reads the last snapshot and observes what was kept since.
 */
export class RangeWatches {
  readonly #watches: readonly RangeWatch[]
  readonly #store: MemoryStore
  #last: { readonly token: string; readonly watched: Promise<WatchedRange> } | undefined

  constructor(watches: readonly RangeWatch[], store: MemoryStore) {
    this.#watches = watches
    this.#store = store
  }

  async resume(database: Database): Promise<void> {
    for (const watch of this.#watches) {
      const { name } = watch
      await watch.resume(await database.transact(systemScope, (tx) => this.#store.read(tx, name)))
    }
  }

  /** What a range adds. Asked again for the same range, it answers the same and observes nothing twice. */
  watch({ token }: SpoolRange, examined: Examined): Promise<WatchedRange> {
    if (this.#last?.token === token) return this.#last.watched
    const watched = Promise.all(
      this.#watches.map(async (watch) => ({
        name: watch.name,
        ...(await watch.watch(examined)),
      })),
    )
    this.#last = { token, watched }
    return watched
  }

  /** Keeps what was watched of the range that ends at a position. */
  async keep(tx: Tx, end: SpoolPosition, watched: WatchedRange): Promise<void> {
    for (const { name, step } of watched) {
      if (step !== undefined) await this.#store.keep(tx, name, end, step)
    }
  }
}
