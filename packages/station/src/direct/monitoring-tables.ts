import type { MonitoringRequest } from '@haidang/contracts/monitoring'
import { instant, json } from '@haidang/runtime/database/columns'
import { bigint, boolean, pgTable, text } from 'drizzle-orm/pg-core'

const count = (name: string) => bigint(name, { mode: 'number' })

/** What the parent asks for. */
export const directMonitoring = pgTable('direct_monitoring', {
  one: boolean('one').primaryKey().default(true),
  request: json<MonitoringRequest>('request').notNull(),
})

/** Events of the event store that are to go to the parent. */
export const eventOffer = pgTable('event_offer', {
  id: count('id').primaryKey().generatedAlwaysAsIdentity(),
  token: text('token').notNull(),
  sources: json<string[]>('sources').notNull(),
  from_time: instant('from_time').notNull(),
  to_time: instant('to_time').notNull(),
  records: count('records').notNull(),
  bytes: count('bytes').notNull(),
  after_id: text('after_id').notNull(),
  read: count('read').notNull(),
})
export type EventOfferRow = typeof eventOffer.$inferSelect
