import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import type { SpreadKind } from './spread.ts'

/** What was said to be at several organisations. */
export const spread = pgTable(
  'spread',
  {
    kind: text('kind').$type<SpreadKind>().notNull(),
    what: text('what').notNull(),
    simulated: boolean('simulated').notNull(),
    organisations: json<string[]>('organisations').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.what, table.simulated] })],
)

/** At which organisations each thing was lately; a little more than counts may stand here. */
export const spreadPresence = pgTable(
  'spread_presence',
  {
    kind: text('kind').$type<SpreadKind>().notNull(),
    what: text('what').notNull(),
    simulated: boolean('simulated').notNull(),
    organisation_id: text('organisation_id').notNull(),
    severity_rank: smallint('severity_rank').notNull(),
    last_time: instant('last_time').notNull(),
  },
  ({ kind, what, simulated, organisation_id }) => [
    primaryKey({ columns: [kind, what, simulated, organisation_id] }),
  ],
)
