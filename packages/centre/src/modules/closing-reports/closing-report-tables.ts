import { instant } from '@haidang/runtime/database/columns'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'

/** How incidents ended; one for each. */
export const closingReport = pgTable('closing_report', {
  incident_id: text('incident_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  course: text('course').notNull(),
  root_cause: text('root_cause').notNull(),
  measures: text('measures').notNull(),
  damage: text('damage').notNull(),
  lessons: text('lessons').array().notNull(),
  proposals: text('proposals').notNull(),
  written_by_name: text('written_by_name').notNull(),
  written_at: instant('written_at').notNull(),
  folded: text('folded').notNull(),
  version: integer('version').notNull(),
})
export type ClosingReportRow = typeof closingReport.$inferSelect
