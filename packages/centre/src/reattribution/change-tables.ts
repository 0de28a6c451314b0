import type { AttributionChange } from '@haidang/contracts/attribution'
import { instant, json } from '@haidang/runtime/database/columns'
import { bigint, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Changes of the register after which what is stored is attributed anew, and how far that is. */
export const attributionChange = pgTable('attribution_change', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id'),
  tlp_rank: smallint('tlp_rank').notNull(),
  system_id: text('system_id'),
  cause: text('cause').$type<AttributionChange['cause']>().notNull(),
  actor_id: text('actor_id').notNull(),
  actor_name: text('actor_name').notNull(),
  ranges: json<string[]>('ranges').notNull(),
  range_count: integer('range_count').notNull(),
  from_second: bigint('from_second', { mode: 'number' }).notNull(),
  until_second: bigint('until_second', { mode: 'number' }).notNull(),
  state: text('state').$type<AttributionChange['state']>().notNull(),
  total: integer('total').notNull(),
  examined: integer('examined').notNull(),
  cursor_time: text('cursor_time').notNull(),
  cursor_id: text('cursor_id').notNull(),
  created_at: instant('created_at').notNull(),
  ended_at: instant('ended_at'),
})
export type ChangeRow = typeof attributionChange.$inferSelect

/** A system, its owner and the range that decided, as they were or are. */
export interface OwnerThen {
  readonly system_id: string
  readonly owner_id: string
  readonly owner_range: string
}

/** Whose it was and whose it is, of what changed hands by a change. */
export const attributionStep = pgTable('attribution_step', {
  change_id: text('change_id').notNull(),
  subject_id: text('subject_id').notNull(),
  id: text('id').notNull(),
  kind: text('kind').$type<'alert' | 'incident'>().notNull(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  shown_to: text('shown_to'),
  was: json<OwnerThen | null>('was'),
  is_now: json<OwnerThen | null>('is_now'),
  at: instant('at').notNull(),
})
export type StepRow = typeof attributionStep.$inferSelect
