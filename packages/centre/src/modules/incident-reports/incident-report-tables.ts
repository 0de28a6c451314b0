import type { FormContent } from '@haidang/contracts/form-content'
import type {
  IncidentReportState,
  ReportChannel,
  ReportSender,
  ReportStage,
} from '@haidang/contracts/incident-report'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Reports of incidents; `organisation_id` is who reports. */
export const incidentReport = pgTable('incident_report', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  number: text('number'),
  channel: text('channel').$type<ReportChannel>().notNull(),
  state: text('state').$type<IncidentReportState>().notNull(),
  stage: text('stage').$type<ReportStage>(),
  sender: json<ReportSender>('sender').notNull(),
  system_name: text('system_name').notNull(),
  description: text('description').notNull(),
  addresses: text('addresses').array().notNull(),
  detected_at: instant('detected_at'),
  told: json<FormContent>('told').notNull(),
  request_id: text('request_id'),
  received_at: instant('received_at'),
  acknowledged_at: instant('acknowledged_at'),
  acknowledged_by: text('acknowledged_by').notNull(),
  question: text('question').notNull(),
  incident_id: text('incident_id'),
  duplicate_of: text('duplicate_of'),
  reason: text('reason').notNull(),
  simulated: boolean('simulated').notNull(),
  folded: text('folded').notNull(),
  updated_at: instant('updated_at').notNull(),
  version: integer('version').notNull(),
})
export type IncidentReportRow = typeof incidentReport.$inferSelect
