import type { Incident, TimelineEntry } from '@haidang/contracts/incident'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { severityOf } from '@haidang/contracts/severity'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { entryColumns, journal } from '@haidang/runtime/journal-tables'
import { and, inArray, notInArray } from 'drizzle-orm'
import type { Names } from '../../names.ts'
import type { IncidentRow } from './incident-tables.ts'
import { timelineEntry } from './timeline-entry.ts'

/** What hangs on incidents and those merged into them, and what stands for them; asked of their modules. */
export interface IncidentCounts {
  readonly clusters: ReadonlyMap<string, number>
  readonly orders: ReadonlyMap<string, number>
  readonly under: ReadonlyMap<string, readonly string[]>
  readonly heads: ReadonlySet<string>
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
      ({ folded: _, folded_title: __, own_reach: ___, merge_id: ____, assignee_id, ...row }) => ({
        ...row,
        ...standing(row, counts),
        // Who is told of an incident of another is not told who works on it.
        assignee_id: assignee_id !== null && people.has(assignee_id) ? assignee_id : null,
        severity: severityOf(row.severity_rank),
        tlp: tlpOf(row.tlp_rank),
        organisation_name: organisations.get(row.organisation_id) ?? '',
        assignee_name: people.get(assignee_id ?? '') ?? null,
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

/** What hangs on an incident and what it stands for, or stands for it. */
function standing(
  { id, merged_into }: Pick<IncidentRow, 'id' | 'merged_into'>,
  of: IncidentCounts,
) {
  return {
    cluster_count: of.clusters.get(id) ?? 0,
    order_count: of.orders.get(id) ?? 0,
    merged_into: of.heads.has(merged_into ?? '') ? merged_into : null,
    merged_ids: [...(of.under.get(id) ?? [])],
  }
}
