import type { Tx } from '@haidang/runtime/database/database'
import { asc, eq, sql } from 'drizzle-orm'
import { type EventBatchRow, eventBatch } from './batch-tables.ts'

/** Batches of events that wait for the event store, always inside a given transaction. */
export class BatchStore {
  async add(tx: Tx, row: EventBatchRow): Promise<void> {
    await tx.insert(eventBatch).values(row)
  }

  /** Bytes of all that wait. */
  async bytes(tx: Tx): Promise<number> {
    const [row] = await tx
      .select({ bytes: sql<number>`coalesce(sum(${eventBatch.size}), 0)::float8` })
      .from(eventBatch)
    return row?.bytes ?? 0
  }

  async oldest(tx: Tx): Promise<EventBatchRow | undefined> {
    const [row] = await tx
      .select()
      .from(eventBatch)
      .orderBy(asc(eventBatch.received_at), asc(eventBatch.id))
      .limit(1)
    return row
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(eventBatch).where(eq(eventBatch.id, id))
  }
}
