import type { Alert } from '@haidang/contracts/alert'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { WrittenAlert } from '@haidang/contracts/written-alert'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { SQL } from 'drizzle-orm'
import type { AlertCount, AlertStore, ClusteredAlert, ToldSpan } from './alert-store.ts'

const day = 24 * 3_600_000

/** A cluster and those it stands for; clusters lie below in the flow and are asked. */
type WithMembers = (tx: Tx, clusterId: string) => Promise<readonly string[]>

/** Single alerts: written by the pipeline, read by people. */
export class AlertService {
  readonly #database: Database
  readonly #store: AlertStore
  readonly #clock: Clock
  readonly #withMembers: WithMembers

  constructor(database: Database, store: AlertStore, clock: Clock, withMembers: WithMembers) {
    this.#database = database
    this.#store = store
    this.#clock = clock
    this.#withMembers = withMembers
  }

  /** Those of a batch that are not recorded yet, each once, in their order. */
  async unknown(tx: Tx, alerts: readonly WrittenAlert[]): Promise<WrittenAlert[]> {
    if (alerts.length === 0) return []
    const ids = new Set(alerts.map(({ head }) => head.id))
    for (const id of await this.#store.known(tx, [...ids])) ids.delete(id)
    // One batch may name an id twice: only its first place counts.
    return alerts.filter(({ head }) => ids.delete(head.id))
  }

  /**
   * Writes alerts that were not recorded, in the given transaction, each in its cluster. Throws if another
   * transaction recorded one of them meanwhile: its clusters counted it already, so the batch must come again.
   */
  async record(
    tx: Tx,
    alerts: readonly WrittenAlert[],
    clusters: ReadonlyMap<string, string>,
  ): Promise<void> {
    if (alerts.length === 0) return
    const added = await this.#store.add(tx, alerts, clusters, this.#clock.iso())
    if (added !== alerts.length) throw new Error('an alert was recorded by two batches at once')
  }

  /** Alerts of the last 24 hours by rule, for who shows rules. */
  hitsByRule(): Promise<ReadonlyMap<string, number>> {
    const since = isoOf(this.#clock.now() - day)
    return this.#database.transact(systemScope, (tx) => this.#store.countByRule(tx, since))
  }

  /** Alerts since a time by rule, as far as the scope of the transaction shows. */
  firedByRule(tx: Tx, since: string): Promise<ReadonlyMap<string, number>> {
    return this.#store.countByRule(tx, since)
  }

  /** Those of these alerts that the scope of the transaction shows. */
  ofIds(tx: Tx, ids: readonly string[]): Promise<Alert[]> {
    return this.#store.bodies(tx, ids)
  }

  /** Counts by severity over time, of the clusters a subquery selects; see the store. */
  async histogram(
    tx: Tx,
    range: { readonly from: string; readonly to: string; readonly seconds: number },
    clusters?: SQL,
  ): Promise<AlertCount[]> {
    return this.#store.histogram(tx, range, clusters)
  }

  /** How many alerts a span of doubt covers, counted up to `most`. */
  countIn(tx: Tx, span: ToldSpan, most: number): Promise<number> {
    return this.#store.countIn(tx, span, most)
  }

  async list(
    caller: Caller,
    query: PageQuery & { cluster?: string | undefined },
  ): Promise<Page<ClusteredAlert>> {
    const { cluster, ...page } = query
    return this.#database.transact(caller.scope, async (tx) => {
      const clusters = cluster === undefined ? undefined : await this.#withMembers(tx, cluster)
      return this.#store.list(tx, page, clusters)
    })
  }

  /** Throws Problem alert.not-found, also where the caller may not know of it. */
  async get(caller: Caller, id: string): Promise<ClusteredAlert> {
    const found = await this.#database.transact(caller.scope, (tx) => this.#store.get(tx, id))
    if (!found) throw new Problem('alert.not-found')
    return found
  }
}
