import type { Regulation } from '@haidang/contracts/regulation'
import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** Every version of a profile that somebody put into force. */
export const regulationVersion = pgTable(
  'regulation_version',
  {
    profile: text('profile').notNull(),
    version: integer('version').notNull(),
    effective_from: text('effective_from').notNull(),
    regulation: json<Regulation>('regulation').notNull(),
    reason: text('reason').notNull(),
    actor_id: text('actor_id').notNull(),
    actor_name: text('actor_name').notNull(),
    created_at: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.profile, table.version] })],
)
export type RegulationVersionRow = typeof regulationVersion.$inferSelect
