import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import type { Decided } from './bulk-act.ts'

/** What an act on many incidents changed, for the seconds in which it may be taken back. */
export const incidentUndo = pgTable(
  'incident_undo',
  {
    token: text('token').notNull(),
    incident_id: text('incident_id').notNull(),
    organisation_id: text('organisation_id').notNull(),
    tlp_rank: smallint('tlp_rank').notNull(),
    actor_id: text('actor_id').notNull(),
    expires_at: instant('expires_at').notNull(),
    version_after: integer('version_after').notNull(),
    before: json<Decided>('before').notNull(),
  },
  (table) => [primaryKey({ columns: [table.token, table.incident_id] })],
)
export type IncidentUndoRow = typeof incidentUndo.$inferSelect
