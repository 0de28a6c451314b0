import type { Language } from '@haidang/contracts/person'
import { instant } from '@haidang/runtime/database/columns'
import { pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** One row. */
export const nodeSetting = pgTable('node_setting', {
  id: smallint('id').primaryKey(),
  name: text('name').notNull(),
  language: text('language').$type<Language>().notNull(),
  set_up_at: instant('set_up_at'),
})
