import { severityId } from '@haidang/contracts/severity'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import type { Unacknowledged } from './unacknowledged.ts'
import type { Late, UnacknowledgedStore } from './unacknowledged-store.ts'

/** How long a cluster of a severity may wait, and who is told then: dated data. */
export interface UnacknowledgedRule {
  readonly severity: Unacknowledged['severity']
  /** In the order of `after`, milliseconds. */
  readonly steps: readonly {
    readonly after: number
    readonly tell: Unacknowledged['tell']
  }[]
}

interface UnacknowledgedParts {
  readonly database: Database
  readonly store: UnacknowledgedStore
  readonly journal: Journal
  readonly clock: Clock
  readonly home: (tx: Tx) => Promise<string | undefined>
  /** Those in force today. */
  readonly rules: () => readonly UnacknowledgedRule[]
}

/** Clusters one entry names; more are counted. */
const mostNamed = 100

/** Sees to it that grave clusters nobody acknowledges in time are told of, step by step, each step once. */
export class UnacknowledgedService {
  readonly #parts: UnacknowledgedParts

  constructor(parts: UnacknowledgedParts) {
    this.#parts = parts
  }

  /** One look; what a stopped node missed is told once, at the last step that is due. */
  look(): Promise<void> {
    const { database, store, clock, rules, home } = this.#parts
    const today = rules()
    return database.transact(systemScope, async (tx) => {
      const organisation = await home(tx)
      if (organisation === undefined) return
      await store.end(tx)
      await store.begin(
        tx,
        today.map(({ severity }) => severityId(severity)),
        clock.iso(),
      )
      for (const rule of today) await this.#take(tx, organisation, rule)
    })
  }

  async #take(
    tx: Tx,
    organisation: string,
    { severity, steps }: UnacknowledgedRule,
  ): Promise<void> {
    const { store, clock } = this.#parts
    for (const [step, { after, tell }] of [...steps.entries()].toReversed()) {
      const since = isoOf(clock.now() - after)
      const late = await store.step(tx, severityId(severity), step, since)
      if (late.length === 0) continue
      const oldest = isoOf(Math.min(...late.map((one) => one.since)))
      const count = late.length
      await this.#journal(tx, organisation, late, { severity, step, count, since: oldest, tell })
    }
  }

  async #journal(
    tx: Tx,
    organisation_id: string,
    late: readonly Late[],
    after: Unacknowledged,
  ): Promise<void> {
    const [first, ...others] = late.map(({ cluster_id }) => cluster_id)
    if (first === undefined) return
    await this.#parts.journal.append(tx, {
      type: 'cluster.unacknowledged',
      organisation_id,
      tlp_rank: Math.max(...late.map(({ tlp_rank }) => tlp_rank)),
      actor: systemScope.actor,
      authority: 'system',
      subject: first,
      related: others.slice(0, mostNamed - 1),
      after,
    })
  }
}
