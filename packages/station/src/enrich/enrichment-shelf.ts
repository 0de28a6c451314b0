import { Enricher } from './enricher.ts'
import type { EnrichmentTables } from './enrichment-tables.ts'
import { type KeptLeases, type LeaseChange, LeaseTable } from './lease-table.ts'

/** Addresses whose leases a node remembers. */
export const mostLeases = 100_000

/**
 * Enrichers of one thread: the newest, and the one before until the newest is asked for, so that all records of
 * a range are enriched with the same tables although others come into force while it is examined.
 */
export class EnrichmentShelf {
  readonly #leases = new LeaseTable(mostLeases)
  #newest: Enricher | undefined
  #before: Enricher | undefined

  /** Throws RangeError for a database that is none. */
  install(tables: EnrichmentTables): void {
    const next = new Enricher(tables, this.#leases)
    this.#before = this.#newest
    this.#newest = next
  }

  learn(kept: KeptLeases, changes: readonly LeaseChange[]): void {
    this.#leases.restore(kept)
    for (const change of changes) this.#leases.learn(change)
  }

  /** The enricher with tables of a version; undefined where no version is in force. */
  of(version: string | undefined): Enricher | undefined {
    if (version === undefined) return undefined
    if (this.#newest?.version === version) this.#before = undefined
    return this.#before?.version === version ? this.#before : this.#newest
  }
}
