import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type CounterRow, type SourceRow, source, sourceCounter } from './station-tables.ts'

const fields = {
  id: { column: source.id, kind: 'word' },
  name: { column: source.name, kind: 'word' },
  collector: { column: source.collector, kind: 'word' },
  format: { column: source.format, kind: 'word' },
  created_at: { column: source.created_at, kind: 'time' },
} as const

/** Rows of sources and their counters. */
export class SourceStore {
  /** One page of the sources in use, by name; `states` by id are for filters. */
  async list(
    tx: Tx,
    query: PageQuery,
    states: ReadonlyMap<string, string>,
  ): Promise<Page<SourceRow>> {
    const known = JSON.stringify(Object.fromEntries(states))
    const state = sql`coalesce(${known}::jsonb ->> ${source.id}, 'active')`
    const page = keyset({
      query,
      fields: { ...fields, state: { column: state, kind: 'word' } },
      sorts: ['name', 'created_at'],
      id: source.id,
      only: isNull(source.removed_at),
    })
    return page.read(tx.select().from(source))
  }

  /** Every source there ever was, oldest first: records of a removed one may still be on the way. */
  async all(tx: Tx): Promise<SourceRow[]> {
    return tx.select().from(source).orderBy(source.created_at, source.id)
  }

  /** A source in use, as it stands. */
  async find(tx: Tx, id: string): Promise<SourceRow | undefined> {
    const [row] = await tx
      .select()
      .from(source)
      .where(and(eq(source.id, id), isNull(source.removed_at)))
    return row
  }

  /** A source in use, held until the transaction ends. */
  async get(tx: Tx, id: string): Promise<SourceRow | undefined> {
    const [row] = await tx
      .select()
      .from(source)
      .where(and(eq(source.id, id), isNull(source.removed_at)))
      .for('update')
    return row
  }

  async add(tx: Tx, row: SourceRow): Promise<void> {
    await tx.insert(source).values(row)
  }

  /** Adds it, or nothing where one in use has its name. */
  async addUnlessNamed(tx: Tx, row: SourceRow): Promise<void> {
    await tx.insert(source).values(row).onConflictDoNothing()
  }

  async replace(tx: Tx, row: SourceRow): Promise<void> {
    await tx.update(source).set(row).where(eq(source.id, row.id))
  }

  /** Counters by source id; a source without a record yet has none. */
  async counters(tx: Tx, ids: readonly string[]): Promise<Map<string, CounterRow>> {
    if (ids.length === 0) return new Map()
    const rows = await tx
      .select()
      .from(sourceCounter)
      .where(inArray(sourceCounter.source_id, [...ids]))
    return new Map(rows.map((row) => [row.source_id, row]))
  }
}
