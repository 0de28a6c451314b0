import { bigint, customType, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** All that a kind of detection remembered at the end of some range. */
export const detectionSnapshot = pgTable('detection_snapshot', {
  name: text('name').primaryKey(),
  body: bytes('body').notNull(),
})

/** What it observed in each range since then. */
export const detectionRange = pgTable(
  'detection_range',
  {
    name: text('name').notNull(),
    segment: bigint('segment', { mode: 'number' }).notNull(),
    offset: bigint('offset', { mode: 'number' }).notNull(),
    body: bytes('body').notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.segment, table.offset] })],
)
