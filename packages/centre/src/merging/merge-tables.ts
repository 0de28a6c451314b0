import type { IncidentState } from '@haidang/contracts/incident'
import { instant } from '@haidang/runtime/database/columns'
import { integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** One act of putting clusters under another. */
export const clusterMerge = pgTable('cluster_merge', {
  id: text('id').primaryKey(),
  head_id: text('head_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  reason: text('reason').notNull(),
  merged_at: instant('merged_at').notNull(),
  /** What the head was, to tell what was done to it since. */
  head_version: integer('head_version').notNull(),
  /** Alerts of those put under it, then. */
  alert_count: integer('alert_count').notNull(),
  ended_at: instant('ended_at'),
})
export type ClusterMergeRow = typeof clusterMerge.$inferSelect

/** One act of putting incidents under another. */
export const incidentMerge = pgTable('incident_merge', {
  id: text('id').primaryKey(),
  head_id: text('head_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  reason: text('reason').notNull(),
  merged_at: instant('merged_at').notNull(),
  /** How far the head was and who had it, to tell what was decided since; no state: it is not known. */
  head_state: text('head_state').$type<IncidentState>(),
  head_assignee_id: text('head_assignee_id'),
  /** What hung on the head, to tell what was added since. */
  held: text('held').array().notNull(),
  ended_at: instant('ended_at'),
})
export type IncidentMergeRow = typeof incidentMerge.$inferSelect
