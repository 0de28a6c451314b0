import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { type IncidentLinkRow, incidentLink } from './incident-link-tables.ts'

const fields = {
  id: { column: incidentLink.id, kind: 'word' },
  kind: { column: incidentLink.kind, kind: 'word' },
  made_at: { column: incidentLink.made_at, kind: 'time' },
} as const

/** Links between incidents; the scope of the transaction shows those of which it shows both ends. */
export class IncidentLinkStore {
  /** Undefined where the two have this link already, or the first is part of a campaign. */
  async add(tx: Tx, row: IncidentLinkRow): Promise<IncidentLinkRow | undefined> {
    const [added] = await tx.insert(incidentLink).values(row).onConflictDoNothing().returning()
    return added
  }

  /** One page of the links at either end of these incidents, newest first. */
  of(tx: Tx, incidents: readonly string[], query: PageQuery): Promise<Page<IncidentLinkRow>> {
    const page = keyset({
      query,
      fields,
      sorts: ['-made_at'],
      id: incidentLink.id,
      only: or(
        inArray(incidentLink.from_id, [...incidents]),
        inArray(incidentLink.to_id, [...incidents]),
      ),
    })
    return page.read(tx.select().from(incidentLink))
  }

  async get(tx: Tx, id: string): Promise<IncidentLinkRow | undefined> {
    const [row] = await tx.select().from(incidentLink).where(eq(incidentLink.id, id))
    return row
  }

  /** The link of these ends and this kind, where it stands. */
  async find(
    tx: Tx,
    { from_id, to_id, kind }: Pick<IncidentLinkRow, 'from_id' | 'to_id' | 'kind'>,
  ): Promise<IncidentLinkRow | undefined> {
    const [row] = await tx
      .select()
      .from(incidentLink)
      .where(
        and(
          eq(incidentLink.from_id, from_id),
          eq(incidentLink.to_id, to_id),
          eq(incidentLink.kind, kind),
        ),
      )
    return row
  }

  /** Whether links of a kind lead from one incident to another. One after the other decides this. */
  async leads(
    tx: Tx,
    { from_id, to_id, kind }: Pick<IncidentLinkRow, 'from_id' | 'to_id' | 'kind'>,
  ): Promise<boolean> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('incident_link'))`)
    const { rows } = await tx.execute(sql`
      with recursive way as (
        select to_id from incident_link where from_id = ${from_id} and kind = ${kind}
        union select l.to_id from incident_link l join way on l.from_id = way.to_id where l.kind = ${kind}
      )
      select 1 from way where to_id = ${to_id} limit 1`)
    return rows.length > 0
  }

  /** False where it is not the scope's to take away. */
  async remove(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.delete(incidentLink).where(eq(incidentLink.id, id)).returning()
    return rows.length > 0
  }
}
