import type { Silence, SilenceCause } from '@haidang/contracts/silence'
import { instant } from '@haidang/runtime/database/columns'
import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

const count = (name: string) => bigint(name, { mode: 'number' })

/** What came of each source in each hour. */
export const sourceHour = pgTable(
  'source_hour',
  {
    source_id: text('source_id').notNull(),
    organisation_id: text('organisation_id').notNull(),
    hour: integer('hour').notNull(),
    records: count('records').notNull(),
    first_at: instant('first_at').notNull(),
    last_at: instant('last_at').notNull(),
    longest_ms: integer('longest_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.source_id, table.hour] })],
)
export type SourceHourRow = typeof sourceHour.$inferSelect

/** How long the station watched in each hour. */
export const watchedHour = pgTable('watched_hour', {
  hour: integer('hour').primaryKey(),
  seconds: integer('seconds').notNull(),
  until: instant('until').notNull(),
})

/** Stretches in which a source did not send what it usually does. */
export const sourceSilence = pgTable('source_silence', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  source_id: text('source_id').notNull(),
  source_name: text('source_name').notNull(),
  kind: text('kind').$type<Silence['kind']>().notNull(),
  from: instant('from').notNull(),
  to: instant('to'),
  noticed_at: instant('noticed_at').notNull(),
  cause: text('cause').$type<SilenceCause>().notNull(),
  detail: text('detail').notNull(),
  usual: count('usual').notNull(),
  received: count('received').notNull(),
})
export type SilenceRow = typeof sourceSilence.$inferSelect
