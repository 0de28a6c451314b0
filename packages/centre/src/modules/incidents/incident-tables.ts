import type {
  CauseGroup,
  Impact,
  IncidentGrade,
  IncidentKind,
  IncidentState,
  IncidentType,
  TouchedPersonalData,
} from '@haidang/contracts/incident'
import { instant, json } from '@haidang/runtime/database/columns'
import { sql } from 'drizzle-orm'
import { boolean, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** What decides who sees an incident and from when its deadlines run: of what is merged the strictest holds. */
export interface Reach {
  readonly tlp_rank: number
  readonly detected_at: string
  readonly told_organisations: readonly string[]
  readonly told_groups: readonly string[]
  readonly told_people: readonly string[]
  readonly shown_to: string | null
}

/** Incidents; `organisation_id` is the organisation struck. */
export const incident = pgTable('incident', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  number: text('number').notNull(),
  title: text('title').notNull(),
  summary: text('summary').notNull(),
  kind: text('kind').$type<IncidentKind>().notNull(),
  exercise: boolean('exercise').notNull(),
  type: text('type').$type<IncidentType>().notNull(),
  rsit: text('rsit').notNull(),
  cause: text('cause').$type<CauseGroup>(),
  impact: text('impact').$type<Impact>(),
  personal_data: json<TouchedPersonalData>('personal_data'),
  grade: text('grade').$type<IncidentGrade>().notNull(),
  severity_rank: smallint('severity_rank').notNull(),
  state: text('state').$type<IncidentState>().notNull(),
  assignee_id: text('assignee_id'),
  simulated: boolean('simulated').notNull(),
  detected_at: instant('detected_at').notNull(),
  opened_at: instant('opened_at').notNull(),
  updated_at: instant('updated_at').notNull(),
  closed_at: instant('closed_at'),
  told_organisations: text('told_organisations').array().notNull().default([]),
  told_groups: text('told_groups').array().notNull().default([]),
  told_people: text('told_people').array().notNull().default([]),
  system_id: text('system_id'),
  owner_id: text('owner_id'),
  owner_range: text('owner_range'),
  shown_to: text('shown_to'),
  /** The incident that stands for it, and the act that made it so. */
  merged_into: text('merged_into'),
  merge_id: text('merge_id'),
  /** What it says itself where those merged into it make it stricter; null: nothing is merged into it. */
  own_reach: json<Reach | null>('own_reach'),
  folded: text('folded').notNull(),
  folded_title: text('folded_title').notNull(),
  version: integer('version').notNull(),
})
export type IncidentRow = typeof incident.$inferSelect

/** What stands by itself to who reads: all but what an incident they see too stands for. */
export const standsAlone = sql`(${incident.merged_into} is null
  or not exists (select from incident head where head.id = ${incident.merged_into}))`
