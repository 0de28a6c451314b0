import type { Alert, Detector } from '@haidang/contracts/alert'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Alerts of this node and of its children, as far as lists search them. */
export const alert = pgTable('alert', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  node_id: text('node_id').notNull(),
  source_id: text('source_id').notNull(),
  event_id: text('event_id').notNull(),
  time: instant('time').notNull(),
  detected_time: instant('detected_time').notNull(),
  recorded_at: instant('recorded_at').notNull(),
  detector: text('detector').$type<Detector>().notNull(),
  rule_id: text('rule_id').notNull(),
  severity_rank: smallint('severity_rank').notNull(),
  title: text('title').notNull(),
  entity: text('entity').notNull(),
  simulated: boolean('simulated').notNull(),
  cluster_id: text('cluster_id'),
  folded: text('folded').notNull(),
  folded_title: text('folded_title').notNull(),
})

/** The whole of an alert, read for the page that is shown. */
export const alertBody = pgTable('alert_body', {
  alert_id: text('alert_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  body: json<Alert>('body').notNull(),
})
