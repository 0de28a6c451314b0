import type { Coverage, RuleStatistics } from '@haidang/contracts/rule-library'
import type { Ring } from '@haidang/contracts/rule-set'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { StationService } from '../stations/station-service.ts'
import type { AttackCatalogue } from './attack-catalogue.ts'
import { coverageOf } from './coverage.ts'
import type { RuleStore } from './rule-store.ts'

/** How a rule did, by the id alerts name. */
export interface RuleRecord {
  readonly fired: number
  readonly clusters: number
  readonly closed_false: number
  readonly last_fired_at: string | null
}

interface RuleViewParts {
  readonly database: Database
  readonly store: RuleStore
  readonly clock: Clock
  /** What became of the alerts of rules since a time, as far as the scope of the transaction shows. */
  readonly records: (tx: Tx, since: string) => Promise<ReadonlyMap<string, RuleRecord>>
  /** What rules cost, as far as the scope of the transaction shows. */
  readonly costs: StationService['ruleCosts']
  readonly attack: AttackCatalogue
  /** The widest ring that rules are rolled out to. */
  readonly reached: (tx: Tx) => Promise<ReadonlyMap<string, Ring>>
}

const day = 86_400_000

/** The library as a whole: what it looks for, and how it does. */
export class RuleView {
  readonly #parts: RuleViewParts

  constructor(parts: RuleViewParts) {
    this.#parts = parts
  }

  statistics(caller: Caller, days: number): Promise<{ items: RuleStatistics[] }> {
    const { database, store, clock, records, costs } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const known = await records(tx, isoOf(clock.now() - days * day))
      const spent = await costs(tx)
      const items = (await store.outline(tx)).map(({ id, sigma_id, title }) => {
        const {
          fired = 0,
          clusters = 0,
          closed_false = 0,
          last_fired_at = null,
        } = known.get(sigma_id) ?? {}
        const counted = { fired, clusters, closed_false, last_fired_at }
        return { rule_id: id, sigma_id, title, ...counted, ...costOf(sigma_id, spent) }
      })
      return { items: items.sort((a, b) => b.fired - a.fired) }
    })
  }

  coverage(caller: Caller): Promise<Coverage> {
    const { database, store, attack, reached } = this.#parts
    return database.transact(caller.scope, async (tx) =>
      coverageOf(await store.outline(tx), attack, await reached(tx)),
    )
  }
}

function costOf(
  sigmaId: string,
  { us, rules }: Awaited<ReturnType<StationService['ruleCosts']>>,
): Pick<RuleStatistics, 'cost_us' | 'cost_share'> {
  const spent = rules.get(sigmaId)
  if (spent === undefined || spent.tried === 0) return { cost_us: null, cost_share: null }
  return { cost_us: spent.us / spent.tried, cost_share: us > 0 ? Math.min(1, spent.us / us) : null }
}
