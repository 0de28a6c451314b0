import { instant } from '@haidang/runtime/database/columns'
import { bigint, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Files that prove something; `shared_with` is the other organisation that may read one. */
export const evidenceFile = pgTable('evidence_file', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  shared_with: text('shared_with'),
  tlp_rank: smallint('tlp_rank').notNull(),
  subject: text('subject').notNull(),
  name: text('name').notNull(),
  size: bigint('size', { mode: 'number' }).notNull(),
  sha256: text('sha256').notNull(),
  media_type: text('media_type').notNull(),
  stored_by_name: text('stored_by_name').notNull(),
  stored_at: instant('stored_at').notNull(),
})
export type EvidenceRow = typeof evidenceFile.$inferSelect
