import { boolean, integer, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core'

/** What the sources of work answer together; no table stands behind it. */
export const work = pgTable('work', {
  kind: text('kind').notNull(),
  id: text('id').notNull(),
  about_id: text('about_id').notNull(),
  number: text('number').notNull(),
  title_vi: text('title_vi').notNull(),
  title_en: text('title_en').notNull(),
  from_name: text('from_name').notNull(),
  step: text('step').notNull(),
  personal: boolean('personal').notNull(),
  assignee_id: text('assignee_id'),
  tlp_rank: smallint('tlp_rank').notNull(),
  due_at: timestamp('due_at', { mode: 'string', withTimezone: true }).notNull(),
  simulated: boolean('simulated').notNull(),
  version: integer('version').notNull(),
  answerable: boolean('answerable').notNull(),
})
