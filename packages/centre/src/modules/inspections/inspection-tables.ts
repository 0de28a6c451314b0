import type {
  Finding,
  InspectionDraft,
  InspectionFacts,
  InspectionKind,
} from '@haidang/contracts/inspection'
import { instant, json } from '@haidang/runtime/database/columns'
import { date, integer, pgTable, text } from 'drizzle-orm/pg-core'

/** Inspections of stations. */
export const stationInspection = pgTable('station_inspection', {
  id: text('id').primaryKey(),
  station_id: text('station_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  kind: text('kind').$type<InspectionKind>().notNull(),
  inspected_on: date('inspected_on', { mode: 'string' }).notNull(),
  inspector: text('inspector').notNull(),
  profile: text('profile').notNull(),
  answers: json<InspectionDraft['answers']>('answers').notNull(),
  findings: json<Finding[]>('findings').notNull(),
  open_findings: integer('open_findings').notNull(),
  summary: text('summary').notNull(),
  facts: json<InspectionFacts>('facts').notNull(),
  signed_by: text('signed_by'),
  signed_at: instant('signed_at'),
  version: integer('version').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
})
export type InspectionRow = typeof stationInspection.$inferSelect
