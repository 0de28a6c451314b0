import type { Form } from '@haidang/contracts/form'
import type { FormContent } from '@haidang/contracts/form-content'
import type {
  IncidentReportState,
  ReportChannel,
  ReportPassage,
  ReportPassageState,
  ReportSender,
  ReportStage,
} from '@haidang/contracts/incident-report'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

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

/** The way of reports over the link; `organisation_id` is who reports. */
export const reportPassage = pgTable('report_passage', {
  report_id: text('report_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  direction: text('direction').$type<ReportPassage['direction']>().notNull(),
  state: text('state').$type<ReportPassageState>().notNull(),
  told_as: text('told_as').notNull(),
  node_id: text('node_id').notNull(),
  number: text('number').notNull(),
  judged: text('judged').$type<IncidentReportState>(),
  question: text('question').notNull(),
  reason: text('reason').notNull(),
  code: text('code').notNull(),
  revision: integer('revision').notNull(),
  at: instant('at').notNull(),
})
export type PassageRow = typeof reportPassage.$inferSelect

/** Forms of stages as another node submitted them. */
export const reportedStage = pgTable(
  'reported_stage',
  {
    report_id: text('report_id').notNull(),
    form_id: text('form_id').notNull(),
    organisation_id: text('organisation_id').notNull(),
    tlp_rank: smallint('tlp_rank').notNull(),
    form: json<Form>('form').notNull(),
    received_at: instant('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.report_id, table.form_id] })],
)
