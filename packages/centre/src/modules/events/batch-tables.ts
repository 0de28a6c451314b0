import { instant } from '@haidang/runtime/database/columns'
import { customType, integer, pgTable, text } from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** Events of nodes below on their way into the event store. */
export const eventBatch = pgTable('event_batch', {
  id: text('id').primaryKey(),
  station_id: text('station_id').notNull(),
  node_id: text('node_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  body: bytes('body').notNull(),
  size: integer('size').notNull(),
  records: integer('records').notNull(),
  received_at: instant('received_at').notNull(),
})
export type EventBatchRow = typeof eventBatch.$inferSelect
