import type { Detector } from '@haidang/contracts/alert'
import type { CloseReason, ClusterState } from '@haidang/contracts/cluster'
import { instant, json } from '@haidang/runtime/database/columns'
import { sql } from 'drizzle-orm'
import { boolean, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import type { Triaged } from './cluster.ts'

/** Alerts that belong together; what an officer triages. */
export const cluster = pgTable('cluster', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  node_id: text('node_id').notNull(),
  detector: text('detector').$type<Detector>().notNull(),
  rule_id: text('rule_id').notNull(),
  entity: text('entity').notNull(),
  simulated: boolean('simulated').notNull(),
  title: text('title').notNull(),
  severity_rank: smallint('severity_rank').notNull(),
  severity_fixed: boolean('severity_fixed').notNull(),
  tags: json<string[]>('tags').notNull(),
  state: text('state').$type<ClusterState>().notNull(),
  assignee_id: text('assignee_id'),
  close_reason: text('close_reason').$type<CloseReason>(),
  close_note: text('close_note'),
  closed_at: instant('closed_at'),
  snoozed_until: instant('snoozed_until'),
  incident_id: text('incident_id'),
  /** The cluster that stands for it, and the act that made it so. */
  merged_into: text('merged_into'),
  merge_id: text('merge_id'),
  system_id: text('system_id'),
  owner_id: text('owner_id'),
  owner_range: text('owner_range'),
  shown_to: text('shown_to'),
  alert_count: integer('alert_count').notNull(),
  first_time: instant('first_time').notNull(),
  last_time: instant('last_time').notNull(),
  last_alert_id: text('last_alert_id').notNull(),
  folded: text('folded').notNull(),
  folded_title: text('folded_title').notNull(),
  version: integer('version').notNull(),
})
export type ClusterRow = typeof cluster.$inferSelect

/** What stands by itself to who reads: all but what a cluster they see too stands for. */
export const standsAlone = sql`(${cluster.merged_into} is null
  or not exists (select from cluster head where head.id = ${cluster.merged_into}))`

/** What a triage act changed, for the seconds in which it may be taken back. */
export const clusterUndo = pgTable(
  'cluster_undo',
  {
    token: text('token').notNull(),
    cluster_id: text('cluster_id').notNull(),
    organisation_id: text('organisation_id').notNull(),
    tlp_rank: smallint('tlp_rank').notNull(),
    actor_id: text('actor_id').notNull(),
    expires_at: instant('expires_at').notNull(),
    version_after: integer('version_after').notNull(),
    before: json<Triaged>('before').notNull(),
  },
  (table) => [primaryKey({ columns: [table.token, table.cluster_id] })],
)
