import { json } from '@haidang/runtime/database/columns'
import { boolean, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
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
