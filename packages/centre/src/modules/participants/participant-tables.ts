import type { ParticipantRole, ParticipantSees } from '@haidang/contracts/incident-participant'
import { instant } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Who takes part in incidents; organisation and TLP are those of the incident and follow it. */
export const incidentParticipant = pgTable('incident_participant', {
  id: text('id').primaryKey(),
  incident_id: text('incident_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  participant_id: text('participant_id').notNull(),
  role: text('role').$type<ParticipantRole>().notNull(),
  sees: text('sees').$type<ParticipantSees>().notNull(),
  may_note: boolean('may_note').notNull(),
  note: text('note').notNull(),
  added_at: instant('added_at').notNull(),
  added_by_name: text('added_by_name').notNull(),
  version: integer('version').notNull(),
})
export type ParticipantRow = typeof incidentParticipant.$inferSelect
