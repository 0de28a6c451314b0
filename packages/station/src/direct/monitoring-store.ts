import type { MonitoringRequest } from '@haidang/contracts/monitoring'
import type { Tx } from '@haidang/runtime/database/database'
import { asc, desc, eq, sql } from 'drizzle-orm'
import { directMonitoring, type EventOfferRow, eventOffer } from './monitoring-tables.ts'

/** What waits of all offers. */
export interface Backlog {
  readonly records: number
  readonly bytes: number
  readonly oldest_at: string | null
}

/** What the parent asks for and what is offered to it, always inside a given transaction. */
export class MonitoringStore {
  async request(tx: Tx): Promise<MonitoringRequest | undefined> {
    const [row] = await tx.select().from(directMonitoring)
    return row?.request
  }

  async putRequest(tx: Tx, request: MonitoringRequest): Promise<void> {
    await tx
      .insert(directMonitoring)
      .values({ one: true, request })
      .onConflictDoUpdate({ target: directMonitoring.one, set: { request } })
  }

  async offer(tx: Tx, row: Omit<EventOfferRow, 'id' | 'after_id' | 'read'>): Promise<void> {
    await tx.insert(eventOffer).values({ ...row, after_id: '', read: 0 })
  }

  /** The offer at one end of the line. */
  async first(tx: Tx, end: 'oldest' | 'newest' = 'oldest'): Promise<EventOfferRow | undefined> {
    const order = end === 'oldest' ? asc(eventOffer.id) : desc(eventOffer.id)
    const [row] = await tx.select().from(eventOffer).orderBy(order).limit(1)
    return row
  }

  /** The same offer, if it still stands where it stood. */
  async locked(tx: Tx, { id, after_id }: EventOfferRow): Promise<EventOfferRow | undefined> {
    const [row] = await tx.select().from(eventOffer).where(eq(eventOffer.id, id)).for('update')
    return row?.after_id === after_id ? row : undefined
  }

  async advance(tx: Tx, id: number, after_id: string, read: number): Promise<void> {
    await tx.update(eventOffer).set({ after_id, read }).where(eq(eventOffer.id, id))
  }

  async remove(tx: Tx, id: number): Promise<void> {
    await tx.delete(eventOffer).where(eq(eventOffer.id, id))
  }

  async removeAll(tx: Tx): Promise<void> {
    await tx.delete(eventOffer)
  }

  async backlog(tx: Tx): Promise<Backlog> {
    const [row] = await tx
      .select({
        records: sql<number>`coalesce(sum(${eventOffer.records} - ${eventOffer.read}), 0)::float8`,
        bytes: sql<number>`coalesce(sum(${eventOffer.bytes}), 0)::float8`,
        // As text in the form of the other times.
        oldest: sql<string | null>`to_char(min(${eventOffer.from_time}) at time zone 'UTC',
          'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      })
      .from(eventOffer)
    return { records: row?.records ?? 0, bytes: row?.bytes ?? 0, oldest_at: row?.oldest ?? null }
  }
}
