import { foldVietnamese } from '@haidang/contracts/fold'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, desc, eq, getTableColumns, inArray, notInArray, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { type IncidentRow, incident, standsAlone } from './incident-tables.ts'

const fields = {
  id: { column: incident.id, kind: 'word' },
  number: { column: incident.number, kind: 'word' },
  organisation_id: { column: incident.organisation_id, kind: 'word' },
  system_id: { column: incident.system_id, kind: 'word' },
  owner_id: { column: incident.owner_id, kind: 'word' },
  tlp: { column: incident.tlp_rank, kind: 'number' },
  title: { column: incident.folded_title, kind: 'text' },
  kind: { column: incident.kind, kind: 'word' },
  exercise: { column: incident.exercise, kind: 'boolean' },
  type: { column: incident.type, kind: 'word' },
  rsit: { column: incident.rsit, kind: 'word' },
  cause: { column: incident.cause, kind: 'word' },
  impact: { column: incident.impact, kind: 'word' },
  grade: { column: incident.grade, kind: 'word' },
  severity: { column: incident.severity_rank, kind: 'number' },
  state: { column: incident.state, kind: 'word' },
  assignee_id: { column: incident.assignee_id, kind: 'word' },
  simulated: { column: incident.simulated, kind: 'boolean' },
  merged: { column: sql`(not ${standsAlone})`, kind: 'boolean' },
  taking_part: {
    column: sql`(${incident.id} in (select p.incident_id from incident_participant p
      where p.participant_id = any (string_to_array(current_setting('haidang.organisations', true), ','))))`,
    kind: 'boolean',
  },
  detected_at: { column: incident.detected_at, kind: 'time' },
  opened_at: { column: incident.opened_at, kind: 'time' },
  updated_at: { column: incident.updated_at, kind: 'time' },
  text: { column: incident.folded, kind: 'text', whole: true },
} as const

const finished = ['closed', 'rejected'] as const

/** A row without what the store itself derives. */
export type IncidentFacts = Omit<
  IncidentRow,
  | 'folded'
  | 'folded_title'
  | 'version'
  | 'system_id'
  | 'owner_id'
  | 'owner_range'
  | 'shown_to'
  | 'merged_into'
  | 'merge_id'
  | 'own_reach'
>

/** Rows of incidents, always inside a given transaction and so inside its scope. */
export class IncidentStore {
  async add(tx: Tx, facts: IncidentFacts): Promise<IncidentRow> {
    const [row] = await tx
      .insert(incident)
      .values({ ...facts, ...foldedOf(facts), version: 1 })
      .returning()
    if (!row) throw new Error('the database returned no row for an incident')
    return row
  }

  /** One page, newest first unless the query says otherwise. */
  async list(tx: Tx, query: PageQuery): Promise<Page<IncidentRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['-opened_at', 'updated_at', 'detected_at', 'severity', 'number'],
      id: incident.id,
    })
    return page.read(
      tx.select({ ...getTableColumns(incident), severity: incident.severity_rank }).from(incident),
    )
  }

  async get(tx: Tx, id: string): Promise<IncidentRow | undefined> {
    const [row] = await tx.select().from(incident).where(eq(incident.id, id))
    return row
  }

  /** What incidents are called, for as many of these as the scope shows. */
  async named(tx: Tx, ids: readonly string[]) {
    if (ids.length === 0) return new Map<string, never>()
    const { id, number, title, state } = incident
    const rows = await tx
      .select({ id, number, title, state })
      .from(incident)
      .where(inArray(id, [...ids]))
    return new Map(rows.map((row) => [row.id, row]))
  }

  /** The row, locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<IncidentRow | undefined> {
    const [row] = await tx.select().from(incident).where(eq(incident.id, id)).for('update')
    return row
  }

  /** Rows to be changed, locked, in the order of their ids. */
  lockAll(tx: Tx, ids: readonly string[]): Promise<IncidentRow[]> {
    return tx
      .select()
      .from(incident)
      .where(inArray(incident.id, [...ids]))
      .orderBy(incident.id)
      .for('update')
  }

  /** Those put under an incident itself, as far as the scope shows. */
  directlyUnder(tx: Tx, headId: string): Promise<IncidentRow[]> {
    return tx.select().from(incident).where(eq(incident.merged_into, headId)).orderBy(incident.id)
  }

  /** Ids of what lies under each of these at any depth, as far as the scope shows. */
  async under(tx: Tx, heads: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
    const { rows } = await tx.execute<{ head: string; id: string }>(
      sql`select head, id from haidang_incident_members(${sql.param([...heads])}::text[]) order by id`,
    )
    const found = new Map<string, string[]>()
    for (const { head, id } of rows) found.set(head, [...(found.get(head) ?? []), id])
    return found
  }

  /** Those of these that the scope shows. */
  async ofIds(tx: Tx, ids: readonly string[]): Promise<IncidentRow[]> {
    if (ids.length === 0) return []
    return tx
      .select()
      .from(incident)
      .where(inArray(incident.id, [...ids]))
  }

  /** Which of these the scope shows, by id with their number. */
  async numbers(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map()
    const rows = await tx
      .select({ id: incident.id, number: incident.number })
      .from(incident)
      .where(inArray(incident.id, [...ids]))
    return new Map(rows.map(({ id, number }) => [id, number]))
  }

  /** Writes a locked row and counts its version up. */
  async replace(tx: Tx, row: IncidentRow): Promise<IncidentRow> {
    const next = { ...row, ...foldedOf(row), version: row.version + 1 }
    await tx.update(incident).set(next).where(eq(incident.id, row.id))
    return next
  }

  /** Incidents not finished, exercises left out: how many, and the newest of them. */
  async open(tx: Tx, limit: number): Promise<{ count: number; newest: IncidentRow[] }> {
    const unfinished = and(
      notInArray(incident.state, [...finished]),
      eq(incident.exercise, false),
      standsAlone,
    )
    const [counted] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(incident)
      .where(unfinished)
    const newest = await tx
      .select()
      .from(incident)
      .where(unfinished)
      .orderBy(desc(incident.opened_at), desc(incident.id))
      .limit(limit)
    return { count: counted?.count ?? 0, newest }
  }
}

function foldedOf({ number, title, summary }: IncidentFacts) {
  return {
    folded: foldVietnamese([number, title, summary].join(' ')),
    folded_title: foldVietnamese(title),
  }
}
