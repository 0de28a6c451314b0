import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, count, eq, sql } from 'drizzle-orm'
import { type ExpertRow, expert } from './expert-tables.ts'

/** Whether some certificate holds on a day. */
const certified = (day: string) => sql`exists (
  select from jsonb_array_elements(${expert.certificates}) c
  where coalesce((c ->> 'valid_from')::date, '-infinity') <= ${day}::date
    and coalesce((c ->> 'valid_to')::date, 'infinity') >= ${day}::date)`

/** Whether some certificate ran out before a day. */
const lapsed = (day: string) => sql`exists (
  select from jsonb_array_elements(${expert.certificates}) c
  where (c ->> 'valid_to')::date < ${day}::date)`

const fieldsOn = (day: string) =>
  ({
    id: { column: expert.id, kind: 'word' },
    organisation_id: { column: expert.organisation_id, kind: 'word' },
    name: { column: expert.name, kind: 'word' },
    text: { column: expert.folded, kind: 'text', whole: true },
    speciality: { column: expert.specialities, kind: 'member' },
    language: { column: expert.languages, kind: 'member' },
    unit: { column: expert.unit, kind: 'word' },
    experience_years: { column: expert.experience_years, kind: 'number' },
    on_call: { column: expert.on_call, kind: 'boolean' },
    certified: { column: certified(day), kind: 'boolean' },
    lapsed: { column: lapsed(day), kind: 'boolean' },
  }) as const

const paged = (query: PageQuery, day: string) =>
  keyset({
    query,
    fields: fieldsOn(day),
    id: expert.id,
    sorts: ['name', 'experience_years'] as const,
  })

/** Rows of experts, always inside a given transaction and so inside its scope. */
export class ExpertStore {
  /** One page, by name unless the query says otherwise; certificates count as of that day. */
  list(tx: Tx, query: PageQuery, day: string): Promise<Page<ExpertRow>> {
    return paged(query, day).read(tx.select().from(expert))
  }

  /** How many a filter finds, counted up to `most`. */
  async countFound(tx: Tx, filter: string | undefined, most: number, day: string): Promise<number> {
    const { where } = paged({ filter, limit: 1 }, day)
    const found = tx.select({ id: expert.id }).from(expert).where(where).limit(most)
    const [row] = await tx.select({ count: count() }).from(found.as('found'))
    return row?.count ?? 0
  }

  /** Of one organisation; nobody else changes it until the transaction ends. */
  async lock(tx: Tx, organisationId: string, id: string): Promise<ExpertRow | undefined> {
    const [row] = await tx
      .select()
      .from(expert)
      .where(and(eq(expert.organisation_id, organisationId), eq(expert.id, id)))
      .for('update')
    return row
  }

  async count(tx: Tx, organisationId: string): Promise<number> {
    const [row] = await tx
      .select({ count: count() })
      .from(expert)
      .where(eq(expert.organisation_id, organisationId))
    return row?.count ?? 0
  }

  async add(tx: Tx, row: ExpertRow): Promise<void> {
    await tx.insert(expert).values(row)
  }

  async replace(tx: Tx, row: ExpertRow): Promise<void> {
    await tx.update(expert).set(row).where(eq(expert.id, row.id))
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(expert).where(eq(expert.id, id))
  }
}
