import type { JournalDigest } from '@haidang/contracts/journal-digest'
import { json } from '@haidang/runtime/database/columns'
import { bigint, date, pgTable } from 'drizzle-orm/pg-core'

export const journalDigest = pgTable('journal_digest', {
  day: date('day', { mode: 'string' }).primaryKey(),
  entries: bigint('entries', { mode: 'number' }).notNull(),
  document: json<JournalDigest>('document').notNull(),
})
