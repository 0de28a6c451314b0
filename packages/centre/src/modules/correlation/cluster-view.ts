import type { Cluster } from '@haidang/contracts/cluster'
import type { Page } from '@haidang/contracts/page'
import { severityOf } from '@haidang/contracts/severity'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { inArray, sql } from 'drizzle-orm'
import type { Names } from '../../names.ts'
import { type ClusterRow, cluster } from './cluster-tables.ts'

/** What the clusters under one come to, as far as the reader sees them. */
interface Members {
  readonly head: string
  readonly count: number
  readonly alerts: number
  readonly severity_rank: number
  readonly tlp_rank: number
  readonly first_time: string
  readonly last_time: string
}

/** Clusters as screens show them: with the names of what they point to. */
export class ClusterView {
  readonly #names: Names

  constructor(names: Names) {
    this.#names = names
  }

  async page(tx: Tx, page: Page<ClusterRow>): Promise<Page<Cluster>> {
    return { items: await this.clusters(tx, page.items), next: page.next }
  }

  /** Each with what it stands for. */
  async clusters(tx: Tx, rows: readonly ClusterRow[]): Promise<Cluster[]> {
    const alone = await this.alone(tx, rows)
    const members = await membersOf(tx, rows)
    return rows.flatMap((row, place) => {
      const one = alone[place]
      return one ? [together(one, row, members.get(row.id))] : []
    })
  }

  /** The cluster and all that lies under it. */
  readonly withMembers = async (tx: Tx, id: string): Promise<string[]> => {
    const { rows } = await tx.execute<{ id: string }>(
      sql`select id from haidang_cluster_members(array[${id}]::text[])`,
    )
    return [id, ...rows.map((row) => row.id)]
  }

  /** Which clusters that stand for these the reader sees. */
  async heads(tx: Tx, rows: readonly ClusterRow[]): Promise<ReadonlySet<string>> {
    const ids = distinct(rows.map((row) => row.merged_into))
    if (ids.length === 0) return new Set()
    const found = await tx.select({ id: cluster.id }).from(cluster).where(inArray(cluster.id, ids))
    return new Set(found.map(({ id }) => id))
  }

  /** Each by itself, whatever was merged under it. */
  async alone(tx: Tx, rows: readonly ClusterRow[]): Promise<Cluster[]> {
    const organisations = await this.#names.organisations(
      tx,
      distinct(rows.map((row) => row.organisation_id)),
    )
    const stations = await this.#names.stations(tx, distinct(rows.map((row) => row.node_id)))
    const people = await this.#names.people(tx, distinct(rows.map((row) => row.assignee_id)))
    const heads = await this.heads(tx, rows)
    return rows.map((row) => ({
      id: row.id,
      organisation_id: row.organisation_id,
      organisation_name: organisations.get(row.organisation_id) ?? '',
      tlp: tlpOf(row.tlp_rank),
      node_id: row.node_id,
      station_name: stations.get(row.node_id) ?? '',
      detector: row.detector,
      rule_id: row.rule_id,
      title: row.title,
      entity: row.entity,
      severity: severityOf(row.severity_rank),
      tags: row.tags,
      state: row.state,
      assignee_id: row.assignee_id,
      assignee_name: people.get(row.assignee_id ?? '') ?? null,
      close_reason: row.close_reason,
      close_note: row.close_note,
      snoozed_until: row.snoozed_until,
      incident_id: row.incident_id,
      merged_into: heads.has(row.merged_into ?? '') ? row.merged_into : null,
      merged_count: 0,
      alert_count: row.alert_count,
      first_time: row.first_time,
      last_time: row.last_time,
      last_alert_id: row.last_alert_id,
      simulated: row.simulated,
      version: row.version,
    }))
  }
}

function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))]
}

async function membersOf(tx: Tx, rows: readonly ClusterRow[]): Promise<Map<string, Members>> {
  const ids = rows.map(({ id }) => id)
  const found = await tx.execute<Members & Record<string, unknown>>(sql`
    select m.head, count(*)::int as count, sum(c.alert_count)::int as alerts,
      max(c.severity_rank)::int as severity_rank, max(c.tlp_rank)::int as tlp_rank,
      to_char(min(c.first_time) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as first_time,
      to_char(max(c.last_time) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_time
    from haidang_cluster_members(${sql.param(ids)}::text[]) m join cluster c on c.id = m.id group by m.head`)
  return new Map(found.rows.map((one) => [one.head, one]))
}

function together(one: Cluster, row: ClusterRow, members: Members | undefined): Cluster {
  if (!members) return one
  const severity = row.severity_fixed
    ? row.severity_rank
    : Math.max(row.severity_rank, members.severity_rank)
  return {
    ...one,
    tlp: tlpOf(Math.max(row.tlp_rank, members.tlp_rank)),
    severity: severityOf(severity),
    merged_count: members.count,
    alert_count: one.alert_count + members.alerts,
    first_time: one.first_time < members.first_time ? one.first_time : members.first_time,
    last_time: one.last_time > members.last_time ? one.last_time : members.last_time,
  }
}
