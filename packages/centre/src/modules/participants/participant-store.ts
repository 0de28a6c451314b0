import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { incidentParticipant, type ParticipantRow } from './participant-tables.ts'

const fields = {
  id: { column: incidentParticipant.id, kind: 'word' },
  organisation_id: { column: incidentParticipant.participant_id, kind: 'word' },
  role: { column: incidentParticipant.role, kind: 'word' },
  sees: { column: incidentParticipant.sees, kind: 'word' },
  added_at: { column: incidentParticipant.added_at, kind: 'time' },
} as const

/** Rows where who reads takes part, and not those of their own incidents; of RED nobody does. */
const ofReader = sql`${incidentParticipant.tlp_rank} <= 3
  and ${incidentParticipant.participant_id} = any (string_to_array(current_setting('haidang.organisations', true), ','))`

/** Rows of who takes part in incidents, always inside a given transaction and so inside its scope. */
export class ParticipantStore {
  /** One page of an incident’s, in the order they came. */
  list(tx: Tx, incidentId: string, query: PageQuery): Promise<Page<ParticipantRow>> {
    const page = keyset({
      query,
      fields,
      sorts: ['added_at'],
      id: incidentParticipant.id,
      only: eq(incidentParticipant.incident_id, incidentId),
    })
    return page.read(tx.select().from(incidentParticipant))
  }

  /** Those of these incidents the reader’s organisations take part in, by incident. */
  async ownOf(tx: Tx, incidents: readonly string[]): Promise<ReadonlyMap<string, ParticipantRow>> {
    if (incidents.length === 0) return new Map()
    const rows = await tx
      .select()
      .from(incidentParticipant)
      .where(and(inArray(incidentParticipant.incident_id, [...incidents]), ofReader))
    return new Map(rows.map((row) => [row.incident_id, row]))
  }

  /** Organisations that take part in an incident, as far as the scope shows. */
  async idsOf(tx: Tx, incidentId: string): Promise<string[]> {
    const rows = await tx
      .select({ id: incidentParticipant.participant_id })
      .from(incidentParticipant)
      .where(eq(incidentParticipant.incident_id, incidentId))
    return rows.map(({ id }) => id)
  }

  async get(tx: Tx, id: string): Promise<ParticipantRow | undefined> {
    const [row] = await tx.select().from(incidentParticipant).where(eq(incidentParticipant.id, id))
    return row
  }

  /** The row of an incident, locked until the transaction ends. */
  async lock(tx: Tx, incidentId: string, id: string): Promise<ParticipantRow | undefined> {
    const [row] = await tx
      .select()
      .from(incidentParticipant)
      .where(and(eq(incidentParticipant.incident_id, incidentId), eq(incidentParticipant.id, id)))
      .for('update')
    return row
  }

  /** False where the organisation takes part already. */
  async add(tx: Tx, row: ParticipantRow): Promise<boolean> {
    const added = await tx
      .insert(incidentParticipant)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: incidentParticipant.id })
    return added.length > 0
  }

  /** Writes a locked row and counts its version up. */
  async replace(tx: Tx, row: ParticipantRow): Promise<ParticipantRow> {
    const next = { ...row, version: row.version + 1 }
    await tx.update(incidentParticipant).set(next).where(eq(incidentParticipant.id, row.id))
    return next
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(incidentParticipant).where(eq(incidentParticipant.id, id))
  }

  /** How many people of each organisation may read incidents of this rank; of RED none does for taking part. */
  async readers(
    tx: Tx,
    organisations: readonly string[],
    rank: number,
  ): Promise<ReadonlyMap<string, number>> {
    if (rank > 3 || organisations.length === 0) return new Map()
    const { rows } = await tx.execute<{ id: string; count: number }>(sql`
      select id, haidang_readers_at(id, ${rank}::int, 'incident.read') as count
      from unnest(${sql.param([...organisations])}::text[]) as id`)
    return new Map(rows.map(({ id, count }) => [id, count]))
  }
}
