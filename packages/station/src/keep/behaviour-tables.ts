import { bigint, customType, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** All that behaviour detection remembered at the end of some range; one row. */
export const behaviourSnapshot = pgTable('behaviour_snapshot', {
  name: text('name').primaryKey(),
  body: bytes('body').notNull(),
})

/** What was observed in each range since then. */
export const behaviourRange = pgTable(
  'behaviour_range',
  {
    segment: bigint('segment', { mode: 'number' }).notNull(),
    offset: bigint('offset', { mode: 'number' }).notNull(),
    body: bytes('body').notNull(),
  },
  (table) => [primaryKey({ columns: [table.segment, table.offset] })],
)
