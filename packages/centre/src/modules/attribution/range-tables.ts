import type { SystemRangeKind } from '@haidang/contracts/attribution'
import { bigint, boolean, date, pgTable, text } from 'drizzle-orm/pg-core'

/** What belongs to which system, from when to when. */
export const systemRange = pgTable('system_range', {
  id: text('id').primaryKey(),
  system_id: text('system_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  kind: text('kind').$type<SystemRangeKind>().notNull(),
  text: text('text').notNull(),
  /** The organisation, of what many have inside; else empty. */
  owner_key: text('owner_key').notNull(),
  valid_from: date('valid_from'),
  valid_to: date('valid_to'),
  from_second: bigint('from_second', { mode: 'number' }).notNull(),
  until_second: bigint('until_second', { mode: 'number' }).notNull(),
  note: text('note').notNull(),
  /** Said to be right by who may approve for the whole node. */
  confirmed: boolean('confirmed').notNull().default(false),
})
export type RangeRow = typeof systemRange.$inferSelect
