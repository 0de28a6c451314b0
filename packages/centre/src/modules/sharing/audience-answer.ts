import { integer, pgTable, text } from 'drizzle-orm/pg-core'

/** What the function haidang_audience answers; no table stands behind it. */
export const audience = pgTable('audience', {
  id: text('id').notNull(),
  name: text('name').notNull(),
  why: text('why').notNull(),
  through: text('through').array().notNull(),
  people: integer('people').notNull(),
})
