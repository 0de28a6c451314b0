import type { Alert } from '@haidang/contracts/alert'
import type { KeptAlert } from '@haidang/contracts/alert-api'
import { foldVietnamese } from '@haidang/contracts/fold'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { type Severity, severityId, severityOf } from '@haidang/contracts/severity'
import { storableJson } from '@haidang/contracts/storable'
import { tlpRank } from '@haidang/contracts/tlp'
import type { WrittenAlert } from '@haidang/contracts/written-alert'
import type { Tx } from '@haidang/runtime/database/database'
import type { FilterFields } from '@haidang/runtime/database/filter-sql'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, count, eq, getTableColumns, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { AlertPackStore, type AlertPlace } from './alert-pack-store.ts'
import { alert } from './alert-tables.ts'

const ownFields = {
  id: { column: alert.id, kind: 'word' },
  organisation_id: { column: alert.organisation_id, kind: 'word' },
  tlp: { column: alert.tlp_rank, kind: 'number' },
  system_id: { column: alert.system_id, kind: 'word' },
  owner_id: { column: alert.owner_id, kind: 'word' },
  node_id: { column: alert.node_id, kind: 'word' },
  source_id: { column: alert.source_id, kind: 'word' },
  event_id: { column: alert.event_id, kind: 'word' },
  cluster_id: { column: alert.cluster_id, kind: 'word' },
  time: { column: alert.time, kind: 'time' },
  detected_time: { column: alert.detected_time, kind: 'time' },
  detector: { column: alert.detector, kind: 'word' },
  rule_id: { column: alert.rule_id, kind: 'word' },
  severity: { column: alert.severity_rank, kind: 'number' },
  title: { column: alert.folded_title, kind: 'text' },
  entity: { column: alert.entity, kind: 'word' },
  simulated: { column: alert.simulated, kind: 'boolean' },
  text: { column: alert.folded, kind: 'text', whole: true },
} as const

const place = { id: alert.id, pack_id: alert.pack_id, pack_line: alert.pack_line }

/** An alert, the cluster it was put in, and the doubt that lies on it. */
export type ClusteredAlert = KeptAlert

/** What lies on alerts from elsewhere, as SQL over their columns. */
export interface AlertDoubts {
  isDoubtful(told: typeof alert): SQL<boolean>
  doubtOf(told: typeof alert): SQL<KeptAlert['doubt']>
}

/** A stretch of what one node told, by when it came or by when it happened. */
export interface ToldSpan {
  readonly node_id: string
  readonly basis: 'received' | 'occurred'
  readonly starts_at: string
  readonly ends_at: string | null
}

/** Count of alerts of one severity in one bucket of time; `start` in milliseconds since the epoch. */
export interface AlertCount {
  readonly start: number
  readonly severity: Severity
  readonly count: number
}

/** Rows of alerts, always inside a given transaction and so inside its scope. */
export class AlertStore {
  readonly #packs = new AlertPackStore()
  readonly #fields: FilterFields
  readonly #doubt: SQL<KeptAlert['doubt']>

  constructor({ isDoubtful, doubtOf }: AlertDoubts) {
    this.#fields = { ...ownFields, doubtful: { column: isDoubtful(alert), kind: 'boolean' } }
    this.#doubt = doubtOf(alert)
  }

  /** Which of these ids are there already. */
  async known(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx
      .select({ id: alert.id })
      .from(alert)
      .where(sql`${alert.id} = any(${sql.param([...ids])}::text[])`)
    return new Set(rows.map(({ id }) => id))
  }

  /**
   * Writes a batch in one statement, each in its cluster: put there afterwards, every alert would be written
   * into every index twice. Answers how many were not there before.
   */
  async add(
    tx: Tx,
    alerts: readonly WrittenAlert[],
    clusters: ReadonlyMap<string, string>,
    recordedAt: string,
  ): Promise<number> {
    const places = await this.#packs.add(tx, alerts)
    const rows = alerts.map((one) => ({
      ...rowOf(one, clusters.get(one.head.id), recordedAt),
      ...places.get(one.head.id),
    }))
    const added = await tx.execute(sql`
      insert into alert (id, organisation_id, tlp_rank, node_id, source_id, event_id, time,
        detected_time, recorded_at, detector, rule_id, severity_rank, title, entity, simulated,
        cluster_id, folded, folded_title, pack_id, pack_line)
      select id, organisation_id, tlp_rank, node_id, source_id, event_id, time,
        detected_time, recorded_at, detector, rule_id, severity_rank, title, entity, simulated,
        cluster_id, folded, folded_title, pack_id, pack_line
      from json_to_recordset(${storableJson(rows)}::json) as r(
        id text, organisation_id text, tlp_rank smallint, node_id text, source_id text,
        event_id text, time timestamptz, detected_time timestamptz, recorded_at timestamptz,
        detector text, rule_id text, severity_rank smallint, title text, entity text,
        simulated boolean, cluster_id text, folded text, folded_title text, pack_id text,
        pack_line smallint)
      on conflict do nothing`)
    return added.rowCount ?? 0
  }

  /** How many alerts each rule raised since an instant. */
  async countByRule(tx: Tx, since: string): Promise<ReadonlyMap<string, number>> {
    const rows = await tx
      .select({ rule: alert.rule_id, count: sql<number>`count(*)::int` })
      .from(alert)
      .where(sql`${alert.time} >= ${since}`)
      .groupBy(alert.rule_id)
    return new Map(rows.map(({ rule, count }) => [rule, count]))
  }

  /** One page, newest first unless the query says otherwise; of these clusters where some are named. */
  async list(
    tx: Tx,
    query: PageQuery,
    clusters?: readonly string[],
  ): Promise<Page<ClusteredAlert>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields: this.#fields,
      sorts: ['-time', 'detected_time', 'severity'],
      id: alert.id,
      only: clusters && inArray(alert.cluster_id, [...clusters]),
    })
    const { items, next } = await page.read(
      tx
        .select({ ...getTableColumns(alert), severity: alert.severity_rank, doubt: this.#doubt })
        .from(alert),
    )
    const bodies = await this.#packs.read(tx, items)
    return {
      items: items.flatMap(({ id, cluster_id, doubt }) => {
        const body = bodies.get(id)
        return body ? [{ ...body, cluster_id, doubt }] : []
      }),
      next,
    }
  }

  async get(tx: Tx, id: string): Promise<ClusteredAlert | undefined> {
    const [row] = await tx
      .select({ ...place, cluster_id: alert.cluster_id, doubt: this.#doubt })
      .from(alert)
      .where(eq(alert.id, id))
    if (row === undefined) return undefined
    const body = (await this.#packs.read(tx, [row])).get(id)
    return body && { ...body, cluster_id: row.cluster_id, doubt: row.doubt }
  }

  /** How many alerts a span of doubt covers, counted up to `most`. */
  async countIn(tx: Tx, span: ToldSpan, most: number): Promise<number> {
    const at = span.basis === 'received' ? alert.recorded_at : alert.time
    const found = tx
      .select({ id: alert.id })
      .from(alert)
      .where(
        and(
          eq(alert.node_id, span.node_id),
          gte(at, span.starts_at),
          span.ends_at === null ? undefined : lt(at, span.ends_at),
        ),
      )
      .limit(most)
    const [row] = await tx.select({ count: count() }).from(found.as('found'))
    return row?.count ?? 0
  }

  /** Those of these alerts that the scope of the transaction shows. */
  async bodies(tx: Tx, ids: readonly string[]): Promise<Alert[]> {
    if (ids.length === 0) return []
    const rows: AlertPlace[] = await tx
      .select(place)
      .from(alert)
      .where(inArray(alert.id, [...ids]))
    return [...(await this.#packs.read(tx, rows)).values()]
  }

  /**
   * Counts by severity in buckets of `seconds` over [from, to), both RFC 3339; only alerts of the
   * clusters that `clusters` selects, where it is given.
   */
  async histogram(
    tx: Tx,
    range: { readonly from: string; readonly to: string; readonly seconds: number },
    clusters?: SQL,
  ): Promise<AlertCount[]> {
    const width = sql`make_interval(secs => ${range.seconds})`
    const counted = await tx.execute<{ start: number; severity_rank: number; count: number }>(sql`
      select (extract(epoch from date_bin(${width}, time, ${range.from}::timestamptz)) * 1000)::float8 as start,
        severity_rank, count(*)::int as count
      from alert
      where time >= ${range.from}::timestamptz and time < ${range.to}::timestamptz
        ${clusters ? sql`and cluster_id in (${clusters})` : sql``}
      group by 1, 2 order by 1, 2`)
    return counted.rows.map(({ start, severity_rank, count }) => ({
      start,
      severity: severityOf(severity_rank),
      count,
    }))
  }
}

function rowOf(
  { head: one, folded }: WrittenAlert,
  clusterId: string | undefined,
  recordedAt: string,
): Record<string, unknown> {
  return {
    id: one.id,
    organisation_id: one.organisation_id,
    tlp_rank: tlpRank(one.tlp),
    node_id: one.node_id,
    source_id: one.source_id,
    event_id: one.event_id,
    time: one.time,
    detected_time: one.detected_time,
    recorded_at: recordedAt,
    detector: one.detector,
    rule_id: one.rule.id,
    severity_rank: severityId(one.severity),
    title: one.title,
    entity: one.entity,
    simulated: one.simulated,
    cluster_id: clusterId ?? null,
    folded_title: foldVietnamese(one.title),
    folded,
  }
}
