import type { PersonalRule } from '@haidang/contracts/personal-retention'
import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** How long records about people are kept: added, never changed. */
export const personalRetention = pgTable('personal_retention', {
  version: integer('version').primaryKey(),
  rules: json<PersonalRule[]>('rules').notNull(),
  reason: text('reason').notNull(),
  actor_id: text('actor_id').notNull(),
  changed_by: text('changed_by').notNull(),
  changed_at: instant('changed_at').notNull(),
})
export type PersonalRetentionRow = typeof personalRetention.$inferSelect

/** At most one row. */
export const personalRetentionRun = pgTable('personal_retention_run', {
  id: smallint('id').primaryKey(),
  ran_at: instant('ran_at').notNull(),
})
