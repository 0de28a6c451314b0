import { instant } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'

/** Orders and advisories that are being told to many, some at a time. */
export const tellingRound = pgTable('telling_round', {
  entry_id: text('entry_id').primaryKey(),
  type: text('type').notNull(),
  subject_id: text('subject_id').notNull(),
  actor_id: text('actor_id').notNull(),
  reason: text('reason').notNull(),
  told_up_to: text('told_up_to').notNull(),
  begun_at: instant('begun_at').notNull(),
})
export type RoundRow = typeof tellingRound.$inferSelect
