import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** Lists with their filter, as people named them. */
export const savedView = pgTable('saved_view', {
  id: text('id').primaryKey(),
  person_id: text('person_id').notNull(),
  person_name: text('person_name').notNull(),
  organisation_id: text('organisation_id').notNull(),
  page: text('page').notNull(),
  name: text('name').notNull(),
  search: json<Record<string, string>>('search').notNull(),
  shared: boolean('shared').notNull(),
  updated_at: instant('updated_at').notNull(),
})
export type SavedViewRow = typeof savedView.$inferSelect

/** Which view a person begins a list with. */
export const savedViewStart = pgTable(
  'saved_view_start',
  {
    person_id: text('person_id').notNull(),
    page: text('page').notNull(),
    organisation_id: text('organisation_id').notNull(),
    view_id: text('view_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.person_id, table.page] })],
)
