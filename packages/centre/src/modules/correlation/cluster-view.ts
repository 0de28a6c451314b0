import type { Cluster } from '@haidang/contracts/cluster'
import type { Page } from '@haidang/contracts/page'
import { severityOf } from '@haidang/contracts/severity'
import { Tlp } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import type { Names } from '../../names.ts'
import type { ClusterRow } from './cluster-tables.ts'

/** Clusters as screens show them: with the names of what they point to. */
export class ClusterView {
  readonly #names: Names

  constructor(names: Names) {
    this.#names = names
  }

  async page(tx: Tx, page: Page<ClusterRow>): Promise<Page<Cluster>> {
    return { items: await this.clusters(tx, page.items), next: page.next }
  }

  async clusters(tx: Tx, rows: readonly ClusterRow[]): Promise<Cluster[]> {
    const organisations = await this.#names.organisations(
      tx,
      distinct(rows.map((row) => row.organisation_id)),
    )
    const stations = await this.#names.stations(tx, distinct(rows.map((row) => row.node_id)))
    const people = await this.#names.people(tx, distinct(rows.map((row) => row.assignee_id)))
    return rows.map((row) => ({
      id: row.id,
      organisation_id: row.organisation_id,
      organisation_name: organisations.get(row.organisation_id) ?? '',
      tlp: Tlp.options[row.tlp_rank] ?? 'red',
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
