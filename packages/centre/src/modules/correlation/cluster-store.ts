import type { CloseReason, ClusterState } from '@haidang/contracts/cluster'
import { parseFilter } from '@haidang/contracts/filter'
import { foldVietnamese } from '@haidang/contracts/fold'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { storableJson } from '@haidang/contracts/storable'
import type { Tx } from '@haidang/runtime/database/database'
import { filterToSql } from '@haidang/runtime/database/filter-sql'
import { keyset } from '@haidang/runtime/database/keyset'
import {
  and,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  lt,
  lte,
  max,
  type SQL,
  sql,
} from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { rankedFilter } from '../../ranked-filter.ts'
import type { Triaged } from './cluster.ts'
import { type ClusterRow, cluster, clusterUndo, standsAlone } from './cluster-tables.ts'
import type { Candidate, ClusterKey, Growth } from './clustering.ts'

const fields = {
  id: { column: cluster.id, kind: 'word' },
  organisation_id: { column: cluster.organisation_id, kind: 'word' },
  tlp: { column: cluster.tlp_rank, kind: 'number' },
  system_id: { column: cluster.system_id, kind: 'word' },
  owner_id: { column: cluster.owner_id, kind: 'word' },
  node_id: { column: cluster.node_id, kind: 'word' },
  detector: { column: cluster.detector, kind: 'word' },
  rule_id: { column: cluster.rule_id, kind: 'word' },
  title: { column: cluster.folded_title, kind: 'text' },
  entity: { column: cluster.entity, kind: 'word' },
  severity: { column: cluster.severity_rank, kind: 'number' },
  state: { column: cluster.state, kind: 'word' },
  assignee_id: { column: cluster.assignee_id, kind: 'word' },
  close_reason: { column: cluster.close_reason, kind: 'word' },
  incident_id: { column: cluster.incident_id, kind: 'word' },
  alert_count: { column: cluster.alert_count, kind: 'number' },
  first_time: { column: cluster.first_time, kind: 'time' },
  last_time: { column: cluster.last_time, kind: 'time' },
  simulated: { column: cluster.simulated, kind: 'boolean' },
  text: { column: cluster.folded, kind: 'text', whole: true },
} as const

/** What became of the clusters of one rule. */
export interface RuleVerdicts {
  readonly rule_id: string
  readonly clusters: number
  readonly closed_false: number
  readonly last_fired_at: string | null
}

export type UndoRow = typeof clusterUndo.$inferSelect

const head = alias(cluster, 'head')

/** Rows of clusters, always inside a given transaction and so inside its scope. */
export class ClusterStore {
  /**
   * The newest cluster of each key, locked. Batches of one organisation take turns from here to the end
   * of their transactions: without that two could open the same cluster.
   */
  async candidates(tx: Tx, keys: readonly ClusterKey[]): Promise<Candidate[]> {
    for (const organisation of new Set(keys.map((key) => key.organisation_id).toSorted())) {
      await tx.execute(
        sql`select pg_advisory_xact_lock(hashtext('cluster'), hashtext(${organisation}))`,
      )
    }
    const newest = sql`
      select distinct on (organisation_id, detector, rule_id, entity, simulated) c.id
      from cluster c
      join jsonb_to_recordset(${storableJson(keys)}::jsonb) as k(
        organisation_id text, detector text, rule_id text, entity text, simulated boolean)
        using (organisation_id, detector, rule_id, entity, simulated)
      order by organisation_id, detector, rule_id, entity, simulated, c.id desc`
    return tx
      .select({
        id: cluster.id,
        organisation_id: cluster.organisation_id,
        detector: cluster.detector,
        rule_id: cluster.rule_id,
        entity: cluster.entity,
        simulated: cluster.simulated,
        // What was decided on the cluster that stands for it holds for it too.
        state: sql<ClusterState>`coalesce(${head.state}, ${cluster.state})`,
        close_reason: sql<CloseReason | null>`case when ${head.id} is null then ${cluster.close_reason}
          else ${head.close_reason} end`,
        closed_at: sql<string | null>`case when ${head.id} is null then ${cluster.closed_at}
          else ${head.closed_at} end`.mapWith(cluster.closed_at),
        last_time: cluster.last_time,
      })
      .from(cluster)
      .leftJoin(
        head,
        sql`${cluster.merged_into} is not null and ${head.id} = haidang_cluster_head(${cluster.id})`,
      )
      .where(sql`${cluster.id} in (${newest})`)
      .orderBy(cluster.id)
      .for('update', { of: cluster })
  }

  /** Opens and grows clusters in one statement. Growing is no change in the sense of `version`. */
  async grow(tx: Tx, growths: readonly Growth[]): Promise<void> {
    if (growths.length === 0) return
    const rows = growths.map(({ alert_ids, cluster_id, ...growth }) => ({
      ...growth,
      id: cluster_id,
      alert_count: alert_ids.length,
      folded_title: foldVietnamese(growth.title),
      folded: foldVietnamese(
        [growth.title, growth.entity, growth.rule_id, ...growth.tags].join(' '),
      ),
    }))
    await tx.execute(sql`
      insert into cluster as c (id, organisation_id, tlp_rank, node_id, detector, rule_id, entity,
        simulated, title, severity_rank, tags, alert_count, first_time, last_time, last_alert_id, folded,
        folded_title)
      select id, organisation_id, tlp_rank, node_id, detector, rule_id, entity,
        simulated, title, severity_rank, tags, alert_count, first_time, last_time, last_alert_id, folded,
        folded_title
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r(
        id text, organisation_id text, tlp_rank smallint, node_id text, detector text, rule_id text,
        entity text, simulated boolean, title text, severity_rank smallint, tags jsonb,
        alert_count integer, first_time timestamptz, last_time timestamptz, last_alert_id text,
        folded text, folded_title text)
      on conflict (id) do update set
        alert_count = c.alert_count + excluded.alert_count,
        tlp_rank = greatest(c.tlp_rank, excluded.tlp_rank),
        severity_rank = case when c.severity_fixed then c.severity_rank
          else greatest(c.severity_rank, excluded.severity_rank) end,
        last_alert_id = case when excluded.last_time >= c.last_time then excluded.last_alert_id
          else c.last_alert_id end,
        first_time = least(c.first_time, excluded.first_time),
        last_time = greatest(c.last_time, excluded.last_time)`)
  }

  /** One page, the newest last alert first unless the query says otherwise. */
  async list(tx: Tx, query: PageQuery, only: SQL = standsAlone): Promise<Page<ClusterRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['-last_time', 'first_time', 'severity', 'alert_count'],
      id: cluster.id,
      only,
    })
    return page.read(
      tx.select({ ...getTableColumns(cluster), severity: cluster.severity_rank }).from(cluster),
    )
  }

  ofIncidents(tx: Tx, ids: readonly string[], query: PageQuery): Promise<Page<ClusterRow>> {
    return this.list(tx, query, inArray(cluster.incident_id, [...ids]))
  }

  /** Ids of the clusters of incidents in their order behind one, at most 2,000. */
  async idsOfIncidents(tx: Tx, incidents: readonly string[], behind = ''): Promise<string[]> {
    const rows = await tx
      .select({ id: cluster.id })
      .from(cluster)
      .where(and(inArray(cluster.incident_id, [...incidents]), gt(cluster.id, behind)))
      .orderBy(cluster.id)
      .limit(2_000)
    return rows.map(({ id }) => id)
  }

  /** How many clusters each incident has. */
  async countByIncident(
    tx: Tx,
    incidents: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    if (incidents.length === 0) return new Map()
    const rows = await tx
      .select({ incident_id: cluster.incident_id, count: sql<number>`count(*)::int` })
      .from(cluster)
      .where(inArray(cluster.incident_id, [...incidents]))
      .groupBy(cluster.incident_id)
    return new Map(rows.map(({ incident_id, count }) => [incident_id ?? '', count]))
  }

  async get(tx: Tx, id: string): Promise<ClusterRow | undefined> {
    const [row] = await tx.select().from(cluster).where(eq(cluster.id, id))
    return row
  }

  /** Those of these clusters that the scope of the transaction shows, newest first. */
  async ofIds(tx: Tx, ids: readonly string[]): Promise<ClusterRow[]> {
    if (ids.length === 0) return []
    return tx
      .select()
      .from(cluster)
      .where(inArray(cluster.id, [...ids]))
      .orderBy(desc(cluster.last_time), desc(cluster.id))
  }

  /** Rows to be changed, locked, in the order of their ids. */
  async lock(tx: Tx, ids: readonly string[]): Promise<ClusterRow[]> {
    return tx
      .select()
      .from(cluster)
      .where(inArray(cluster.id, [...ids]))
      .orderBy(cluster.id)
      .for('update')
  }

  /** Writes what triage changed and counts the version up, in one statement. */
  async change(
    tx: Tx,
    rows: readonly (Triaged & { readonly id: string })[],
  ): Promise<ClusterRow[]> {
    if (rows.length === 0) return []
    await tx.execute(sql`
      update cluster set state = r.state, assignee_id = r.assignee_id,
        severity_rank = r.severity_rank, severity_fixed = r.severity_fixed,
        close_reason = r.close_reason, close_note = r.close_note, closed_at = r.closed_at,
        snoozed_until = r.snoozed_until, incident_id = r.incident_id, version = version + 1
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r(
        id text, state text, assignee_id text, severity_rank smallint, severity_fixed boolean,
        close_reason text, close_note text, closed_at timestamptz, snoozed_until timestamptz,
        incident_id text)
      where cluster.id = r.id`)
    return tx
      .select()
      .from(cluster)
      .where(
        inArray(
          cluster.id,
          rows.map(({ id }) => id),
        ),
      )
      .orderBy(cluster.id)
  }

  async keepUndo(tx: Tx, rows: readonly UndoRow[]): Promise<void> {
    if (rows.length > 0) await tx.insert(clusterUndo).values([...rows])
  }

  /** Takes an undo out, so that it works once; nothing where it is another's or too old. */
  async takeUndo(tx: Tx, token: string, actorId: string, now: string): Promise<UndoRow[]> {
    const rows = await tx
      .delete(clusterUndo)
      .where(and(eq(clusterUndo.token, token), eq(clusterUndo.actor_id, actorId)))
      .returning()
    return rows.filter(({ expires_at }) => expires_at >= now)
  }

  async forgetUndo(tx: Tx, before: string): Promise<void> {
    await tx.delete(clusterUndo).where(lt(clusterUndo.expires_at, before))
  }

  /** Clusters whose snooze is over, at most 500. */
  async snoozeOver(tx: Tx, now: string): Promise<string[]> {
    const rows = await tx
      .select({ id: cluster.id })
      .from(cluster)
      .where(and(eq(cluster.state, 'snoozed'), lte(cluster.snoozed_until, now)))
      .limit(500)
    return rows.map(({ id }) => id)
  }

  /** Subquery of the ids a filter selects; undefined where it selects all. */
  selection(filter: string | undefined): SQL | undefined {
    const read = parseFilter(rankedFilter(filter) ?? '')
    if (!read.ok || !read.node) return undefined
    const chosen = sql`select ${cluster.id} from ${cluster}
      where ${filterToSql(read.node, fields)} and ${standsAlone}`
    return sql`${chosen} union all select m.id from cluster m where m.merged_into is not null
      and haidang_cluster_head(m.id) in (${chosen})`
  }

  /** Clusters nobody has finished with, by severity. */
  async openCounts(tx: Tx): Promise<{ severity_rank: number; count: number }[]> {
    return tx
      .select({ severity_rank: cluster.severity_rank, count: sql<number>`count(*)::int` })
      .from(cluster)
      .where(and(inArray(cluster.state, ['new', 'acknowledged']), standsAlone))
      .groupBy(cluster.severity_rank)
  }

  /** Clusters of each Sigma rule with alerts since a time, and how many were closed as false. */
  async verdictsByRule(tx: Tx, since: string): Promise<RuleVerdicts[]> {
    const isFalse = sql`${cluster.close_reason} = 'false_positive'`
    return await tx
      .select({
        rule_id: cluster.rule_id,
        clusters: sql<number>`count(*)::int`,
        closed_false: sql<number>`(count(*) filter (where ${isFalse}))::int`,
        last_fired_at: max(cluster.last_time),
      })
      .from(cluster)
      .where(and(eq(cluster.detector, 'sigma'), gte(cluster.last_time, since)))
      .groupBy(cluster.rule_id)
  }
}
