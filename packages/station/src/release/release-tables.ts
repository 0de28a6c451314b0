import type { ReleaseDecision, ReleasePolicy, ReleaseStream } from '@haidang/contracts/release'
import { instant, json } from '@haidang/runtime/database/columns'
import { bigint, boolean, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** Every version of the policy; the highest is in force. */
export const releaseVersion = pgTable('release_version', {
  version: integer('version').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  policy: json<ReleasePolicy>('policy').notNull(),
  reason: text('reason').notNull(),
  actor_id: text('actor_id').notNull(),
  actor_name: text('actor_name').notNull(),
  created_at: instant('created_at').notNull(),
})
export type ReleaseVersionRow = typeof releaseVersion.$inferSelect

/** How many records of a day (UTC) met a decision. */
export const releaseCount = pgTable(
  'release_count',
  {
    day: date('day', { mode: 'string' }).notNull(),
    stream: text('stream').$type<ReleaseStream>().notNull(),
    decision: text('decision').$type<ReleaseDecision>().notNull(),
    class_uid: integer('class_uid').notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.stream, table.decision, table.class_uid] })],
)
export type ReleaseCountRow = typeof releaseCount.$inferSelect

/** Up to when the journal tells of exceptions that ended by themselves. */
export const releaseClock = pgTable('release_clock', {
  one: boolean('one').primaryKey().default(true),
  ended_until: instant('ended_until').notNull(),
})
