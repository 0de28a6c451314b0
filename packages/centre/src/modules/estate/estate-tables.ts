import type { PlanStage, PlanState } from '@haidang/contracts/estate'
import type { OrganisationKind } from '@haidang/contracts/organisation'
import type { StationState } from '@haidang/contracts/station'
import { instant } from '@haidang/runtime/database/columns'
import { boolean, date, integer, pgTable, pgView, text } from 'drizzle-orm/pg-core'

/** In which province a station stands. */
export const stationPlace = pgTable('station_place', {
  station_id: text('station_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  unit: text('unit').notNull(),
})

/** What is planned for the station of an organisation. */
export const stationPlan = pgTable('station_plan', {
  organisation_id: text('organisation_id').primaryKey(),
  stage: text('stage').$type<PlanStage>().notNull(),
  due_on: date('due_on', { mode: 'string' }),
  note: text('note').notNull(),
  updated_at: instant('updated_at').notNull(),
})
export type StationPlanRow = typeof stationPlan.$inferSelect

/** Stations joined with what other modules know of them, under the policies of every table read. */
export const stationEstate = pgView('station_estate', {
  id: text('id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  organisation_name: text('organisation_name').notNull(),
  name: text('name').notNull(),
  local: boolean('local').notNull(),
  state: text('state').$type<StationState>().notNull(),
  software: text('software').notNull(),
  sources: integer('source_count').notNull(),
  lacking_sources: integer('lacking_sources').notNull(),
  last_heartbeat_at: instant('last_heartbeat_at'),
  replaced_by: text('replaced_by'),
  simulated: boolean('simulated').notNull(),
  created_at: instant('created_at').notNull(),
  unit: text('unit').notNull(),
  operating: boolean('operating').notNull(),
  joined_on: date('joined_on', { mode: 'string' }),
  open_gaps: integer('open_gaps').notNull(),
  systems_watched: integer('systems_watched').notNull(),
  systems_required: integer('systems_required').notNull(),
  systems_uncovered: integer('systems_uncovered').notNull(),
  last_inspection_on: date('last_inspection_on', { mode: 'string' }),
  open_findings: integer('open_findings').notNull(),
}).existing()

/** Every organisation with what is planned and what stands. */
export const stationPlanEntry = pgView('station_plan_entry', {
  id: text('id').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<OrganisationKind>().notNull(),
  station_id: text('station_id'),
  station_name: text('station_name'),
  own_due_on: date('own_due_on', { mode: 'string' }),
  note: text('note').notNull(),
  important: boolean('important').notNull(),
  state: text('state').$type<PlanState>().notNull(),
}).existing()
