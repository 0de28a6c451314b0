import type { FormState } from '@haidang/contracts/form'
import type { FormContent } from '@haidang/contracts/form-content'
import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

/** Append-only: definitions of forms, each version as it was when forms were begun with it. */
export const formDefinition = pgTable(
  'form_definition',
  {
    id: text('id').notNull(),
    version: integer('version').notNull(),
    body: json<unknown>('body').notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.version] })],
)

/** Forms organisations fill in; what was submitted stays as it was. */
export const form = pgTable('form', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  use: text('use').notNull(),
  subject: text('subject').notNull(),
  definition_id: text('definition_id').notNull(),
  definition_version: integer('definition_version').notNull(),
  /** Of those submitted about the same; 0: not submitted. */
  version: integer('version').notNull(),
  state: text('state').$type<FormState>().notNull(),
  revision: integer('revision').notNull(),
  content: json<FormContent>('content').notNull(),
  hash: text('hash').notNull(),
  replaces: text('replaces'),
  reason: text('reason').notNull(),
  created_by: text('created_by').notNull(),
  updated_by: text('updated_by').notNull(),
  updated_at: instant('updated_at').notNull(),
  submitted_by_id: text('submitted_by_id').notNull(),
  submitted_by: text('submitted_by').notNull(),
  submitted_at: instant('submitted_at'),
})
export type FormRow = typeof form.$inferSelect
