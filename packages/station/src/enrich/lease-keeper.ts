import type { Log } from '@haidang/runtime/log'
import type { Examined } from '../detect/examine-chunk.ts'
import type { Examiner } from '../detect/examiner.ts'
import { packed, unpackedJson } from '../detect/packed.ts'
import type { RangeWatch, Watched } from '../detect/range-watch.ts'
import type { KeptMemory, MemoryStep } from '../keep/memory-store.ts'
import { mostLeases } from './enrichment-shelf.ts'
import { type KeptLeases, type LeaseChange, LeaseTable } from './lease-table.ts'

export interface LeaseKeeperParts {
  readonly examiner: Pick<Examiner, 'learn' | 'remember'>
  readonly log: Log
  /** Changes between two snapshots. */
  readonly snapshotEvery?: number
}

const defaultEvery = 20_000

/**
 * Who has which address, as ranges tell it. What a range says counts from the next range on: it is learnt when
 * the range has been examined and before the next one is, and kept with the checkpoint, so that a range repeated
 * after a kill is examined with the same leases.
 */
export class LeaseKeeper implements RangeWatch {
  readonly name = 'leases'
  readonly #parts: LeaseKeeperParts
  readonly #every: number
  readonly #table = new LeaseTable(mostLeases)
  readonly #steps = new WeakMap<Examined, MemoryStep>()
  #sinceSnapshot = 0

  constructor(parts: LeaseKeeperParts) {
    this.#parts = parts
    this.#every = parts.snapshotEvery ?? defaultEvery
  }

  /** Addresses whose leases are remembered. */
  get size(): number {
    return this.#table.size
  }

  async resume({ snapshot, ranges }: KeptMemory): Promise<void> {
    try {
      if (snapshot) this.#table.restore(await unpackedJson<KeptLeases>(snapshot))
      for (const range of ranges) {
        const changes = await unpackedJson<LeaseChange[]>(range)
        for (const change of changes) this.#table.learn(change)
        this.#sinceSnapshot += changes.length
      }
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      this.#parts.log.warn({ cause }, 'leases start anew: their memory cannot be read')
    }
    await this.#parts.examiner.remember(() => this.#table.keep())
  }

  /** Learns what a range says, before the next one is examined. */
  async learn(examined: Examined): Promise<void> {
    const { leases } = examined
    if (leases.length === 0) return
    for (const change of leases) this.#table.learn(change)
    await this.#parts.examiner.learn(leases)
    this.#steps.set(examined, await this.#step(leases))
  }

  async watch(examined: Examined): Promise<Watched> {
    return { alerts: [], step: this.#steps.get(examined) }
  }

  async #step(changes: readonly LeaseChange[]): Promise<MemoryStep> {
    this.#sinceSnapshot += changes.length
    if (this.#sinceSnapshot < this.#every) {
      return { kind: 'observations', body: await packed(JSON.stringify(changes)) }
    }
    this.#sinceSnapshot = 0
    return { kind: 'snapshot', body: await packed(JSON.stringify(this.#table.keep())) }
  }
}
