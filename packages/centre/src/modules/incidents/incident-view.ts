import type { Incident, TimelineEntry } from '@haidang/contracts/incident'
import type { Participation } from '@haidang/contracts/incident-participant'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { severityOf } from '@haidang/contracts/severity'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { journal } from '@haidang/runtime/journal-tables'
import { sql } from 'drizzle-orm'
import type { Names } from '../../names.ts'
import type { IncidentRow } from './incident-tables.ts'
import { timelineEntry } from './timeline-entry.ts'

/** What hangs on incidents and those merged into them, and what stands for them; asked of their modules. */
export interface IncidentCounts {
  readonly clusters: ReadonlyMap<string, number>
  readonly orders: ReadonlyMap<string, number>
  readonly under: ReadonlyMap<string, readonly string[]>
  readonly heads: ReadonlySet<string>
  /** As what who reads takes part in those of others. */
  readonly participations: ReadonlyMap<string, Participation>
}

const timelineFields = {
  time: { column: journal.time, kind: 'time' },
  kind: { column: journal.type, kind: 'word' },
  seq: { column: journal.seq, kind: 'number' },
} as const

/** A derived table is no table to the query builder: it takes columns as SQL only. */
const told = {
  seq: sql<number>`${journal.seq}`.mapWith(journal.seq),
  id: sql<string>`${journal.id}`,
  time: sql<string>`${journal.time}`.mapWith(journal.time),
  type: sql<EntryType>`${journal.type}`,
  actor_name: sql<string>`${journal.actor_name}`,
  reason: sql<string>`${journal.reason}`,
  subject: sql<string>`${journal.subject}`,
  before: sql<unknown>`${journal.before}`.mapWith(journal.before),
  after: sql<unknown>`${journal.after}`.mapWith(journal.after),
}

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

  /**
   * Journal entries about any of these subjects, oldest first: those the reader sees, and the story of incidents the
   * reader takes part in.
   */
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
    })
    const wanted = sql`${sql.param([...subjects])}::text[]`
    const { items, next } = await page.read(
      tx.select(told).from(sql`(
        select seq, id, time, type, actor_name, reason, subject, before, after from journal
        where subject = any(${wanted}) and type not in ('order.step-refused', 'object.read')
        union all
        select seq, id, time, type, actor_name, reason, subject, before, after
        from haidang_incident_story(${wanted})) as journal`),
    )
    return { items: items.map(timelineEntry), next }
  }
}

/** What hangs on an incident and what it stands for, or stands for it. */
function standing(
  { id, merged_into }: Pick<IncidentRow, 'id' | 'merged_into'>,
  of: IncidentCounts,
) {
  const part = of.participations.get(id)
  return {
    participation: part ? { role: part.role, sees: part.sees, may_note: part.may_note } : null,
    cluster_count: of.clusters.get(id) ?? 0,
    order_count: of.orders.get(id) ?? 0,
    merged_into: of.heads.has(merged_into ?? '') ? merged_into : null,
    merged_ids: [...(of.under.get(id) ?? [])],
  }
}
