import type { IncidentType } from '@haidang/contracts/incident'
import type { PlaybookContent } from '@haidang/contracts/playbook'
import { instant, json } from '@haidang/runtime/database/columns'
import { sql } from 'drizzle-orm'
import { boolean, date, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

/** Response plans of organisations; days are those of Vietnam. */
export const playbook = pgTable('playbook', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  name: json<PlaybookContent['name']>('name').notNull(),
  types: text('types').array().$type<IncidentType[]>().notNull(),
  /** The last version that was published; 0: none was. */
  published: integer('published').notNull(),
  has_draft: boolean('has_draft').notNull(),
  for_subordinates: boolean('for_subordinates').notNull(),
  /** First day of the first version. */
  valid_from: date('valid_from', { mode: 'string' }),
  retired_from: date('retired_from', { mode: 'string' }),
  retired_reason: text('retired_reason').notNull(),
  reviewed_on: date('reviewed_on', { mode: 'string' }),
  review_by: date('review_by', { mode: 'string' }),
  changed_by: text('changed_by').notNull(),
  updated_at: instant('updated_at').notNull(),
  revision: integer('revision').notNull(),
  folded: text('folded').generatedAlwaysAs(
    sql`haidang_fold((name ->> 'vi') || ' ' || (name ->> 'en'))`,
  ),
})
export type PlaybookRow = Omit<typeof playbook.$inferSelect, 'folded'>

/** What the next version is to say. */
export const playbookDraft = pgTable('playbook_draft', {
  playbook_id: text('playbook_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  content: json<PlaybookContent>('content').notNull(),
})

/** Append-only: what was published. */
export const playbookVersion = pgTable(
  'playbook_version',
  {
    playbook_id: text('playbook_id').notNull(),
    version: integer('version').notNull(),
    organisation_id: text('organisation_id').notNull(),
    valid_from: date('valid_from', { mode: 'string' }).notNull(),
    reason: text('reason').notNull(),
    content: json<PlaybookContent>('content').notNull(),
    published_at: instant('published_at').notNull(),
    published_by: text('published_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.playbook_id, table.version] })],
)
export type VersionRow = typeof playbookVersion.$inferSelect
