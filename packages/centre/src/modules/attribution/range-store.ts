import type { Page, PageQuery } from '@haidang/contracts/page'
import { storableJson } from '@haidang/contracts/storable'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, asc, count, eq, gt, inArray, sql } from 'drizzle-orm'
import { type RangeRow, systemRange } from './range-tables.ts'

const fields = {
  id: { column: systemRange.id, kind: 'word' },
  kind: { column: systemRange.kind, kind: 'word' },
  text: { column: systemRange.text, kind: 'word' },
  note: { column: systemRange.note, kind: 'text' },
} as const

/** Writers of ranges wait for each other, so that none sees a range free that another is taking. */
const lockKey = 7_246_030

/** Who holds a wanted range already; `place`: of the wanted one, from 0. */
export interface Holder {
  readonly place: number
  readonly range_id: string
  readonly system_id: string
  readonly organisation_id: string
}

/** Rows of ranges, always inside a given transaction and so inside its scope. */
export class RangeStore {
  async list(tx: Tx, query: PageQuery, systemId: string): Promise<Page<RangeRow>> {
    const page = keyset({
      query,
      fields,
      sorts: ['text', 'kind'],
      id: systemRange.id,
      only: eq(systemRange.system_id, systemId),
    })
    return page.read(tx.select().from(systemRange))
  }

  async get(tx: Tx, systemId: string, id: string): Promise<RangeRow | undefined> {
    const [row] = await tx
      .select()
      .from(systemRange)
      .where(and(eq(systemRange.id, id), eq(systemRange.system_id, systemId)))
    return row
  }

  /** Some ranges of everybody in the order of their ids, after one of them. */
  async after(tx: Tx, id: string, limit: number): Promise<RangeRow[]> {
    return tx
      .select()
      .from(systemRange)
      .where(gt(systemRange.id, id))
      .orderBy(asc(systemRange.id))
      .limit(limit)
  }

  /** All ranges of some systems, system by system. */
  async ofSystems(tx: Tx, systemIds: readonly string[]): Promise<RangeRow[]> {
    if (systemIds.length === 0) return []
    return tx
      .select()
      .from(systemRange)
      .where(inArray(systemRange.system_id, [...systemIds]))
      .orderBy(asc(systemRange.system_id), asc(systemRange.text), asc(systemRange.id))
  }

  async count(tx: Tx, systemId: string): Promise<number> {
    const [row] = await tx
      .select({ count: count() })
      .from(systemRange)
      .where(eq(systemRange.system_id, systemId))
    return row?.count ?? 0
  }

  /** Lets no other transaction write ranges until this one ends. */
  async lock(tx: Tx): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
  }

  /** Who holds any of these at a time of theirs, whether or not the scope shows it. */
  async holders(tx: Tx, rows: readonly RangeRow[]): Promise<Holder[]> {
    const column = (values: readonly unknown[]) => sql.param([...values])
    const { rows: held } = await tx.execute<Holder & Record<string, unknown>>(sql`
      select (place - 1)::int as place, range_id, system_id, organisation_id
      from system_range_holders(
        ${column(rows.map(({ text }) => text))}::text[],
        ${column(rows.map(({ kind }) => kind))}::text[],
        ${column(rows.map(({ owner_key }) => owner_key))}::text[],
        ${column(rows.map(({ from_second }) => from_second))}::bigint[],
        ${column(rows.map(({ until_second }) => until_second))}::bigint[])`)
    return held
  }

  async add(tx: Tx, rows: readonly RangeRow[]): Promise<void> {
    await tx.execute(sql`
      insert into system_range
      select * from json_populate_recordset(null::system_range, ${storableJson(rows)}::json)`)
  }

  async replace(tx: Tx, row: RangeRow): Promise<void> {
    await tx.update(systemRange).set(row).where(eq(systemRange.id, row.id))
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(systemRange).where(eq(systemRange.id, id))
  }
}
