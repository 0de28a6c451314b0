import type { Cluster } from '@haidang/contracts/cluster'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { severityOf } from '@haidang/contracts/severity'
import type { AlertHead } from '@haidang/contracts/written-alert'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import { Problem } from '@haidang/runtime/problem'
import type { AlertService } from '../alerts/alert-service.ts'
import type { ClusterStore, RuleVerdicts } from './cluster-store.ts'
import type { ClusterView } from './cluster-view.ts'
import { cluster, type Growth, keyOf, keyText } from './clustering.ts'
import type { SpreadStore } from './spread-store.ts'

export interface ClusterParts {
  readonly database: Database
  readonly store: ClusterStore
  readonly view: ClusterView
  readonly alerts: AlertService
  readonly spread: Pick<SpreadStore, 'note'>
  readonly clock: Clock
  readonly newId: NewId
}

/** Correlation: alerts that belong together become clusters. */
export class ClusterService {
  readonly #parts: ClusterParts

  constructor(parts: ClusterParts) {
    this.#parts = parts
  }

  /** Finds clusters for new alerts, in the transaction that records them; answers what grew or opened. */
  async join(tx: Tx, alerts: readonly AlertHead[]): Promise<Growth[]> {
    if (alerts.length === 0) return []
    const { store, spread, clock, newId } = this.#parts
    const keys = new Map(alerts.map(keyOf).map((key) => [keyText(key), key]))
    const candidates = await store.candidates(tx, [...keys.values()])
    const growths = cluster(alerts, candidates, clock.now(), () => newId('cluster'))
    await store.grow(tx, growths)
    await spread.note(tx, growths)
    return growths
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Cluster>> {
    const { database, store, view } = this.#parts
    return database.transact(caller.scope, async (tx) => view.page(tx, await store.list(tx, query)))
  }

  /** Throws Problem cluster.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<Cluster> {
    const { database, store, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.get(tx, id)
      const [found] = row ? await view.clusters(tx, [row]) : []
      if (!found) throw new Problem('cluster.not-found')
      return found
    })
  }

  /** Alerts over time by severity, of the clusters the filter selects. */
  histogram(
    caller: Caller,
    query: { filter?: string | undefined; from: string; to: string; buckets: number },
  ) {
    const seconds = bucketSeconds(query.from, query.to, query.buckets)
    const range = { from: query.from, to: query.to, seconds }
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const selection = this.#parts.store.selection(query.filter)
      const counts = await this.#parts.alerts.histogram(tx, range, selection)
      const buckets = counts.map(({ start, severity, count }) => ({
        start: isoOf(start),
        severity,
        count,
      }))
      return { buckets, bucket_seconds: seconds }
    })
  }

  /** The clusters of incidents, inside a transaction of their module. */
  async ofIncidents(
    tx: Tx,
    incidents: readonly string[],
    query: PageQuery,
  ): Promise<Page<Cluster>> {
    const { store, view } = this.#parts
    return view.page(tx, await store.ofIncidents(tx, incidents, query))
  }

  /** How many clusters each incident has. */
  countByIncident(tx: Tx, incidents: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.#parts.store.countByIncident(tx, incidents)
  }

  /** Clusters with alerts since a time, by the Sigma rule that made them. */
  verdictsByRule(tx: Tx, since: string): Promise<RuleVerdicts[]> {
    return this.#parts.store.verdictsByRule(tx, since)
  }

  /** What the watch floor shows of clusters: open ones by severity, the newest, the alerts of 24 hours. */
  async overview(tx: Tx) {
    const { store, view, alerts, clock } = this.#parts
    const open = await store.openCounts(tx)
    const newest = await store.list(tx, { limit: 20, filter: 'state:new or state:acknowledged' })
    const to = clock.iso()
    const range = { from: isoOf(clock.now() - 24 * 3_600_000), to, seconds: 3600 }
    const counts = await alerts.histogram(tx, range)
    return {
      open_clusters: open.map(({ severity_rank, count }) => ({
        severity: severityOf(severity_rank),
        count,
      })),
      newest_clusters: await view.clusters(tx, newest.items),
      alerts_24h: counts.map((bucket) => ({ ...bucket, start: isoOf(bucket.start) })),
    }
  }
}

/** Width of a bucket in whole seconds; throws Problem request.invalid for a range that ends before it starts. */
function bucketSeconds(from: string, to: string, buckets: number): number {
  const seconds = (millisecondsOf(to) - millisecondsOf(from)) / 1000
  if (!(seconds > 0)) throw new Problem('request.invalid', 'from must be an instant before to')
  return Math.max(1, Math.ceil(seconds / buckets))
}
