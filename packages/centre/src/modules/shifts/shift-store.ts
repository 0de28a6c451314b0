import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, arrayOverlaps, asc, eq, gt, inArray, lt, lte, or, sql } from 'drizzle-orm'
import { type ShiftRow, shift } from './shift-tables.ts'

const fields = {
  id: { column: shift.id, kind: 'word' },
  organisation_id: { column: shift.organisation_id, kind: 'word' },
  officer_id: { column: shift.officer_id, kind: 'word' },
  name: { column: shift.name, kind: 'text' },
  starts_at: { column: shift.starts_at, kind: 'time' },
  ends_at: { column: shift.ends_at, kind: 'time' },
} as const

interface Span {
  readonly from: string
  readonly to: string
}

/** Rows of shifts, always inside a given transaction and so inside its scope. */
export class ShiftStore {
  list(tx: Tx, query: PageQuery): Promise<Page<ShiftRow>> {
    const page = keyset({ query, fields, sorts: ['starts_at', '-starts_at'], id: shift.id })
    return page.read(tx.select().from(shift))
  }

  /** Who writes the roster of an organisation takes turns from here to the end of the transaction. */
  async lockRoster(tx: Tx, organisationId: string): Promise<void> {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('shift'), hashtext(${organisationId}))`,
    )
  }

  async get(tx: Tx, id: string): Promise<ShiftRow | undefined> {
    const [row] = await tx.select().from(shift).where(eq(shift.id, id))
    return row
  }

  /** Rows locked until the transaction ends, in the order of their identifiers. */
  lock(tx: Tx, ids: readonly string[]): Promise<ShiftRow[]> {
    return tx
      .select()
      .from(shift)
      .where(inArray(shift.id, [...ids]))
      .orderBy(shift.id)
      .for('update')
  }

  many(tx: Tx, ids: readonly string[]): Promise<ShiftRow[]> {
    return tx
      .select()
      .from(shift)
      .where(inArray(shift.id, [...ids]))
  }

  /** Of an organisation, those that share time with a span, by their beginning. */
  within(tx: Tx, organisationId: string, { from, to }: Span): Promise<ShiftRow[]> {
    return tx
      .select()
      .from(shift)
      .where(
        and(
          eq(shift.organisation_id, organisationId),
          gt(shift.ends_at, from),
          lt(shift.starts_at, to),
        ),
      )
      .orderBy(asc(shift.starts_at), asc(shift.id))
  }

  /** Those somebody stands that share time with a span, by their beginning. */
  ofPerson(tx: Tx, personId: string, { from, to }: Span): Promise<ShiftRow[]> {
    return tx
      .select()
      .from(shift)
      .where(
        and(
          or(eq(shift.officer_id, personId), arrayOverlaps(shift.member_ids, [personId])),
          gt(shift.ends_at, from),
          lt(shift.starts_at, to),
        ),
      )
      .orderBy(asc(shift.starts_at), asc(shift.id))
  }

  /** Those of an organisation under way at an instant, the last begun first. */
  at(tx: Tx, organisationId: string, instant: string): Promise<ShiftRow[]> {
    return tx
      .select()
      .from(shift)
      .where(
        and(
          eq(shift.organisation_id, organisationId),
          lte(shift.starts_at, instant),
          gt(shift.ends_at, instant),
        ),
      )
      .orderBy(sql`${shift.starts_at} desc`, asc(shift.id))
  }

  /** Those that ended between two instants. */
  endedSince(tx: Tx, from: string, to: string): Promise<ShiftRow[]> {
    return tx
      .select()
      .from(shift)
      .where(and(gt(shift.ends_at, from), lte(shift.ends_at, to)))
      .orderBy(asc(shift.ends_at), asc(shift.id))
  }

  /** The first of an organisation that begins after an instant. */
  async nextAfter(tx: Tx, organisationId: string, instant: string): Promise<ShiftRow | undefined> {
    const [row] = await tx
      .select()
      .from(shift)
      .where(and(eq(shift.organisation_id, organisationId), gt(shift.starts_at, instant)))
      .orderBy(asc(shift.starts_at), asc(shift.id))
      .limit(1)
    return row
  }

  /** Who are on duty for an organisation at an instant: the officers of what is under way. */
  async officersAt(tx: Tx, organisationId: string, instant: string): Promise<string[]> {
    const rows = await this.at(tx, organisationId, instant)
    return [...new Set(rows.flatMap(({ officer_id }) => officer_id ?? []))]
  }

  async add(tx: Tx, rows: readonly ShiftRow[]): Promise<void> {
    if (rows.length > 0) await tx.insert(shift).values([...rows])
  }

  async replace(tx: Tx, row: ShiftRow): Promise<ShiftRow> {
    const next = { ...row, version: row.version + 1 }
    await tx.update(shift).set(next).where(eq(shift.id, row.id))
    return next
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(shift).where(eq(shift.id, id))
  }
}
