import type { Incident, TimelineEntry } from '@haidang/contracts/incident'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { severityOf } from '@haidang/contracts/severity'
import { Tlp } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { entryColumns, journal } from '@haidang/runtime/journal-tables'
import { and, inArray, notInArray } from 'drizzle-orm'
import type { Names } from '../../names.ts'
import type { IncidentRow } from './incident-tables.ts'
import { timelineEntry } from './timeline-entry.ts'

/** How many clusters and orders hang on incidents; asked of their modules. */
export interface IncidentCounts {
  readonly clusters: ReadonlyMap<string, number>
  readonly orders: ReadonlyMap<string, number>
}

const timelineFields = {
  time: { column: journal.time, kind: 'time' },
  kind: { column: journal.type, kind: 'word' },
  seq: { column: journal.seq, kind: 'number' },
} as const

/** Incidents as screens show them. */
export class IncidentView {
  readonly #names: Names

  constructor(names: Names) {
    this.#names = names
  }

  async incidents(
    tx: Tx,
    rows: readonly IncidentRow[],
    counts: IncidentCounts,
  ): Promise<Incident[]> {
    const organisations = await this.#names.sources(tx, [
      ...new Set(rows.map((row) => row.organisation_id)),
    ])
    const assignees = rows.map((row) => row.assignee_id).filter((id) => id !== null)
    const people = await this.#names.people(tx, [...new Set(assignees)])
    return rows.map(
      ({ folded: _, folded_title: __, tlp_rank, severity_rank, assignee_id, ...row }) => ({
        ...row,
        // Who is told of an incident of another is not told who works on it.
        assignee_id: assignee_id !== null && people.has(assignee_id) ? assignee_id : null,
        severity: severityOf(severity_rank),
        tlp: Tlp.options[tlp_rank] ?? 'red',
        organisation_name: organisations.get(row.organisation_id) ?? '',
        assignee_name: people.get(assignee_id ?? '') ?? null,
        cluster_count: counts.clusters.get(row.id) ?? 0,
        order_count: counts.orders.get(row.id) ?? 0,
      }),
    )
  }

  /** Journal entries about any of these subjects, oldest first. */
  async timeline(
    tx: Tx,
    subjects: readonly string[],
    query: PageQuery,
  ): Promise<Page<TimelineEntry>> {
    const page = keyset({
      query,
      fields: timelineFields,
      sorts: ['seq'],
      id: journal.id,
      only: and(
        inArray(journal.subject, [...subjects]),
        notInArray(journal.type, ['order.step-refused', 'object.read']),
      ),
    })
    const { items, next } = await page.read(tx.select(entryColumns).from(journal))
    return { items: items.map(timelineEntry), next }
  }
}
