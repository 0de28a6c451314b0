import type { EntryType } from '@haidang/contracts/journal'
import { getTableColumns } from 'drizzle-orm'
import { bigint, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { instant, json } from './database/columns.ts'

export const journal = pgTable('journal', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  id: text('id').notNull().unique(),
  time: instant('time').notNull(),
  type: text('type').$type<EntryType>().notNull(),
  organisation_id: text('organisation_id'),
  tlp_rank: smallint('tlp_rank').notNull(),
  actor_id: text('actor_id').notNull(),
  actor_name: text('actor_name').notNull(),
  authority: text('authority').notNull(),
  subject: text('subject').notNull(),
  related: json<string[]>('related').notNull(),
  reason: text('reason').notNull(),
  before: json<unknown>('before'),
  after: json<unknown>('after'),
  previous_hash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
  folded: text('folded').notNull().default(''),
})

const { folded: _, ...columns } = getTableColumns(journal)
/** What an entry consists of; the text that searches look through is none of it. */
export const entryColumns = columns

export const journalReader = pgTable('journal_reader', {
  name: text('name').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
})
