import type { DoubtBasis } from '@haidang/contracts/doubt'
import { instant } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'

/** Spans in which what a station told is doubtful. */
export const stationDoubt = pgTable('station_doubt', {
  id: text('id').primaryKey(),
  station_id: text('station_id').notNull(),
  node_id: text('node_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  basis: text('basis').$type<DoubtBasis>().notNull(),
  starts_at: instant('starts_at').notNull(),
  ends_at: instant('ends_at'),
  reason: text('reason').notNull(),
  created_at: instant('created_at').notNull(),
  created_by: text('created_by').notNull(),
  lifted_at: instant('lifted_at'),
  lifted_by: text('lifted_by').notNull(),
  lifted_reason: text('lifted_reason').notNull(),
})
export type DoubtRow = typeof stationDoubt.$inferSelect
