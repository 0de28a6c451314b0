import type { RetentionPolicy } from '@haidang/contracts/archive'
import { instant, json } from '@haidang/runtime/database/columns'
import { bigint, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

const count = (name: string) => bigint(name, { mode: 'number' })

/** Every version of the retention policy; the highest is in force. */
export const retentionVersion = pgTable('retention_version', {
  version: integer('version').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  policy: json<RetentionPolicy>('policy').notNull(),
  reason: text('reason').notNull(),
  actor_id: text('actor_id').notNull(),
  actor_name: text('actor_name').notNull(),
  created_at: instant('created_at').notNull(),
})
export type RetentionVersionRow = typeof retentionVersion.$inferSelect

/** What was deleted from a day of receipt last. */
export const retentionDay = pgTable('retention_day', {
  day: integer('day').primaryKey(),
  due: text('due').notNull(),
  left_rows: count('left_rows').notNull(),
})

/** Files of the archive. */
export const archiveFile = pgTable('archive_file', {
  sha256: text('sha256').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  hour: integer('hour').notNull(),
  rule: integer('rule').notNull(),
  cut: text('cut').notNull(),
  rows: count('rows').notNull(),
  bytes: count('bytes').notNull(),
  min_time: instant('min_time').notNull(),
  max_time: instant('max_time').notNull(),
  classes: json<number[]>('classes').notNull(),
  sources: json<string[]>('sources').notNull(),
  first_id: text('first_id').notNull(),
  state: text('state').$type<'hot' | 'leaving' | 'archived'>().notNull(),
  archived_at: instant('archived_at').notNull(),
  verified_at: instant('verified_at').notNull(),
  fault: text('fault').notNull(),
  restored_at: instant('restored_at'),
  used_at: instant('used_at'),
})
export type ArchiveFileRow = typeof archiveFile.$inferSelect

/** Files that may lie in the archive without standing in its catalogue. */
export const archiveLitter = pgTable('archive_litter', {
  sha256: text('sha256').primaryKey(),
  noted_at: instant('noted_at').notNull(),
})
