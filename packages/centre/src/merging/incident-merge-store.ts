import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type IncidentRow, incident } from '../modules/incidents/incident-tables.ts'
import { type IncidentMergeRow, incidentMerge } from './merge-tables.ts'

const fields = {
  id: { column: incidentMerge.id, kind: 'word' },
  merged_at: { column: incidentMerge.merged_at, kind: 'time' },
} as const

/** Merges of incidents, always inside a given transaction and so inside its scope. */
export class IncidentMergeStore {
  /** Puts incidents under a head. */
  async add(tx: Tx, merge: IncidentMergeRow, incidents: readonly string[]): Promise<IncidentRow[]> {
    await tx.insert(incidentMerge).values(merge)
    return tx
      .update(incident)
      .set({
        merged_into: merge.head_id,
        merge_id: merge.id,
        updated_at: merge.merged_at,
        version: sql`${incident.version} + 1`,
      })
      .where(inArray(incident.id, [...incidents]))
      .returning()
  }

  /** The merge, locked. */
  async lock(tx: Tx, id: string): Promise<IncidentMergeRow | undefined> {
    const [row] = await tx
      .select()
      .from(incidentMerge)
      .where(eq(incidentMerge.id, id))
      .for('update')
    return row
  }

  /** Lets the incidents of a merge stand alone again. */
  async end(tx: Tx, id: string, now: string): Promise<IncidentRow[]> {
    await tx.update(incidentMerge).set({ ended_at: now }).where(eq(incidentMerge.id, id))
    return tx
      .update(incident)
      .set({
        merged_into: null,
        merge_id: null,
        updated_at: now,
        version: sql`${incident.version} + 1`,
      })
      .where(eq(incident.merge_id, id))
      .returning()
  }

  /** What merges put under their heads, as far as the scope shows. */
  async membersOf(tx: Tx, merges: readonly string[]): Promise<IncidentRow[]> {
    if (merges.length === 0) return []
    return tx
      .select()
      .from(incident)
      .where(inArray(incident.merge_id, [...merges]))
      .orderBy(incident.id)
  }

  /** The merges that hold under a head, newest first. */
  async ofHead(tx: Tx, headId: string, query: PageQuery): Promise<Page<IncidentMergeRow>> {
    const page = keyset({
      query,
      fields,
      sorts: ['-merged_at'],
      id: incidentMerge.id,
      only: and(eq(incidentMerge.head_id, headId), isNull(incidentMerge.ended_at)),
    })
    return page.read(tx.select().from(incidentMerge))
  }
}
