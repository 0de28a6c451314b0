import type { IncidentLinkKind } from '@haidang/contracts/incident-link'
import { instant } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'

/** How one incident stands to another. */
export const incidentLink = pgTable('incident_link', {
  id: text('id').primaryKey(),
  /** Whose the incident is that the link reads from. */
  organisation_id: text('organisation_id').notNull(),
  kind: text('kind').$type<IncidentLinkKind>().notNull(),
  from_id: text('from_id').notNull(),
  to_id: text('to_id').notNull(),
  note: text('note').notNull(),
  made_at: instant('made_at').notNull(),
  made_by_name: text('made_by_name').notNull(),
})
export type IncidentLinkRow = typeof incidentLink.$inferSelect
