import type { Mandate } from '@haidang/contracts/organisation-tie'
import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, sql } from 'drizzle-orm'
import { organisationTie, type TieRow } from './tie-tables.ts'

/** Days a tie holds; null: no bound. */
export type Days = Pick<TieRow, 'valid_from' | 'valid_to'>

/** Longest chain from an organisation to the top. */
export const deepest = 32

/** Rows of ties, always inside a given transaction and so inside its scope. */
export class TieStore {
  /** Those of an organisation, the newest of each kind first. */
  list(tx: Tx, organisationId: string): Promise<TieRow[]> {
    return tx
      .select()
      .from(organisationTie)
      .where(eq(organisationTie.organisation_id, organisationId))
      .orderBy(
        sql`kind desc, coalesce(valid_to, 'infinity') desc, coalesce(valid_from, '-infinity') desc, id`,
      )
  }

  async get(tx: Tx, organisationId: string, id: string): Promise<TieRow | undefined> {
    const [row] = await tx
      .select()
      .from(organisationTie)
      .where(and(eq(organisationTie.organisation_id, organisationId), eq(organisationTie.id, id)))
    return row
  }

  async add(tx: Tx, row: TieRow): Promise<void> {
    await tx.insert(organisationTie).values(row)
  }

  async replace(tx: Tx, row: TieRow): Promise<void> {
    await tx.update(organisationTie).set(row).where(eq(organisationTie.id, row.id))
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(organisationTie).where(eq(organisationTie.id, id))
  }

  /** Nobody else changes the tree until the transaction ends: two changes that are fine alone may close a ring. */
  async lockTree(tx: Tx): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('organisation_tie'))`)
  }

  /** Another tie of the same kind (of mandates: the same mandate) of an organisation that holds on one of these days. */
  async overlapping(tx: Tx, row: TieRow): Promise<TieRow | undefined> {
    const [other] = await tx
      .select()
      .from(organisationTie)
      .where(
        sql`organisation_id = ${row.organisation_id} and kind = ${row.kind} and id <> ${row.id}
          and mandate is not distinct from ${row.mandate} and ${holdsWithin(row)}`,
      )
      .limit(1)
    return other
  }

  /** Who else has a mandate on one of these days. */
  async holder(tx: Tx, mandate: Mandate, row: TieRow): Promise<TieRow | undefined> {
    const [other] = await tx
      .select()
      .from(organisationTie)
      .where(sql`mandate = ${mandate} and id <> ${row.id} and ${holdsWithin(row)}`)
      .limit(1)
    return other
  }

  /** The organisation another is directly under on a day. */
  async parentOn(tx: Tx, organisationId: string, day: string): Promise<string | undefined> {
    const [row] = await tx
      .select({ parent_id: organisationTie.parent_id })
      .from(organisationTie)
      .where(
        sql`organisation_id = ${organisationId} and kind = 'parent' and ${holdsWithin(only(day))}`,
      )
      .limit(1)
    return row?.parent_id ?? undefined
  }

  /** The organisations with a mandate on a day. */
  async mandatedOn(tx: Tx, mandate: Mandate, day: string): Promise<string[]> {
    const rows = await tx
      .select({ id: organisationTie.organisation_id })
      .from(organisationTie)
      .where(sql`mandate = ${mandate} and ${holdsWithin(only(day))}`)
      .orderBy(organisationTie.organisation_id)
    return rows.map(({ id }) => id)
  }

  /**
   * The longest ways up from `start` that hold on some day of `days`, as ids from `start` on; each ends at the top,
   * at `until`, or where it is deeper than any tree may be.
   */
  async waysUp(tx: Tx, start: string, until: string, days: Days): Promise<string[][]> {
    const { rows } = await tx.execute<{ path: string[] }>(sql`
      with recursive up(id, path, days) as (
        select ${start}::text, array[${start}::text], daterange(${days.valid_from}::date, ${days.valid_to}::date, '[]')
        union all
        select t.parent_id, up.path || t.parent_id, up.days * daterange(t.valid_from, t.valid_to, '[]')
        from up join organisation_tie t on t.organisation_id = up.id and t.kind = 'parent'
          and up.days && daterange(t.valid_from, t.valid_to, '[]')
        where up.id <> ${until} and cardinality(up.path) <= ${deepest})
      select path from up order by id = ${until} desc, cardinality(path) desc limit 100`)
    return rows.map(({ path }) => path)
  }

  /** How many levels hang under an organisation at most on some day of `days`. */
  async depthBelow(tx: Tx, top: string, days: Days): Promise<number> {
    const { rows } = await tx.execute<{ depth: number }>(sql`
      with recursive down(id, depth, days) as (
        select ${top}::text, 0, daterange(${days.valid_from}::date, ${days.valid_to}::date, '[]')
        union
        select t.organisation_id, down.depth + 1, down.days * daterange(t.valid_from, t.valid_to, '[]')
        from down join organisation_tie t on t.parent_id = down.id
          and down.days && daterange(t.valid_from, t.valid_to, '[]')
        where down.depth <= ${deepest})
      select max(depth) as depth from down`)
    return rows[0]?.depth ?? 0
  }
}

function only(day: string): Days {
  return { valid_from: day, valid_to: day }
}

function holdsWithin({ valid_from, valid_to }: Days) {
  return sql`daterange(valid_from, valid_to, '[]') && daterange(${valid_from}::date, ${valid_to}::date, '[]')`
}
