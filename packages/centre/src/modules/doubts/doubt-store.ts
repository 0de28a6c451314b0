import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, getTableColumns, isNull } from 'drizzle-orm'
import { type DoubtRow, stationDoubt } from './doubt-tables.ts'

const fields = {
  created_at: { column: stationDoubt.created_at, kind: 'time' },
  lifted_at: { column: stationDoubt.lifted_at, kind: 'time' },
  reason: { column: stationDoubt.reason, kind: 'text' },
} as const

/** Spans of doubt, always inside a given transaction. */
export class DoubtStore {
  async add(tx: Tx, row: DoubtRow): Promise<void> {
    await tx.insert(stationDoubt).values(row)
  }

  async get(tx: Tx, id: string): Promise<DoubtRow | undefined> {
    const [row] = await tx.select().from(stationDoubt).where(eq(stationDoubt.id, id))
    return row
  }

  async list(tx: Tx, stationId: string, query: PageQuery): Promise<Page<DoubtRow>> {
    const page = keyset({
      query,
      fields,
      sorts: ['-created_at'],
      id: stationDoubt.id,
      only: eq(stationDoubt.station_id, stationId),
    })
    return page.read(tx.select(getTableColumns(stationDoubt)).from(stationDoubt))
  }

  /** False where it was lifted before. */
  async lift(
    tx: Tx,
    id: string,
    lifting: Pick<DoubtRow, 'lifted_at' | 'lifted_by' | 'lifted_reason'>,
  ): Promise<boolean> {
    const rows = await tx
      .update(stationDoubt)
      .set(lifting)
      .where(and(eq(stationDoubt.id, id), isNull(stationDoubt.lifted_at)))
      .returning({ id: stationDoubt.id })
    return rows.length > 0
  }
}
