import type { ObservableKind } from '@haidang/contracts/incident-observable'
import { instant } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'

/** What was seen in incidents; each value once in each. */
export const incidentObservable = pgTable('incident_observable', {
  id: text('id').primaryKey(),
  incident_id: text('incident_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  kind: text('kind').$type<ObservableKind>().notNull(),
  value: text('value').notNull(),
  tags: text('tags').array().notNull(),
  note: text('note').notNull(),
  indicator: boolean('indicator').notNull(),
  first_seen_at: instant('first_seen_at').notNull(),
  last_seen_at: instant('last_seen_at').notNull(),
  sightings: integer('sightings').notNull(),
  added_by_name: text('added_by_name').notNull(),
  added_at: instant('added_at').notNull(),
  folded: text('folded').notNull(),
  version: integer('version').notNull(),
})
export type ObservableRow = typeof incidentObservable.$inferSelect
