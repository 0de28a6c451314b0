import type { SwapState } from '@haidang/contracts/shift'
import { instant } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'

/** Shifts of the 24/7 duty; what is over stays. */
export const shift = pgTable('shift', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  name: text('name').notNull(),
  starts_at: instant('starts_at').notNull(),
  ends_at: instant('ends_at').notNull(),
  officer_id: text('officer_id'),
  member_ids: text('member_ids').array().notNull(),
  overlap_allowed: boolean('overlap_allowed').notNull(),
  note: text('note').notNull(),
  version: integer('version').notNull(),
})
export type ShiftRow = typeof shift.$inferSelect

/** Who asked whom to stand a shift; the versions say how the shifts were then. */
export const shiftSwap = pgTable('shift_swap', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  shift_id: text('shift_id').notNull(),
  shift_version: integer('shift_version').notNull(),
  return_id: text('return_id'),
  return_version: integer('return_version'),
  from_id: text('from_id').notNull(),
  to_id: text('to_id').notNull(),
  reason: text('reason').notNull(),
  state: text('state').$type<SwapState>().notNull(),
  asked_at: instant('asked_at').notNull(),
  decided_at: instant('decided_at'),
})
export type SwapRow = typeof shiftSwap.$inferSelect

/** Secret addresses of calendars, hashed; one for each person. */
export const shiftCalendar = pgTable('shift_calendar', {
  person_id: text('person_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  secret_hash: text('secret_hash').notNull(),
  created_at: instant('created_at').notNull(),
})
export type CalendarRow = typeof shiftCalendar.$inferSelect
