import type { SystemEntry } from '@haidang/contracts/enrichment'
import type { KnownGoodTables } from './known-good.ts'

/** Everything a station knows about addresses, names and values: plain data over shared memory, for every thread. */
export interface EnrichmentTables {
  /** Names the content. */
  readonly version: string
  /** MaxMind DBs in the order in which they are asked. */
  readonly databases: readonly Uint8Array[]
  /** Networks of the operator. */
  readonly ownNetworks: readonly string[]
  readonly systems: readonly SystemEntry[]
  /** Undefined: there are no lists. */
  readonly knownGood: KnownGoodTables | undefined
  /** Whether indicators that stand in a list of known-good values lower the severity of their alerts. */
  readonly lowerKnownGood: boolean
  /** How long an address counts as given, unless it is given anew or back. */
  readonly leaseHours: number
}

/** Nothing known but what the addresses themselves say. */
export function plainTables(ownNetworks: readonly string[]): EnrichmentTables {
  return {
    version: '',
    databases: [],
    ownNetworks,
    systems: [],
    knownGood: undefined,
    lowerKnownGood: false,
    leaseHours: 24,
  }
}
