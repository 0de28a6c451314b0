import type { BackTest, BackTestState, TrialHit } from '@haidang/contracts/rule-library'
import { instant, json } from '@haidang/runtime/database/columns'
import type { Scope } from '@haidang/runtime/database/database'
import { boolean, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

export const ruleBackTest = pgTable('rule_back_test', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  rule_id: text('rule_id').notNull(),
  version: integer('version').notNull(),
  state: text('state').$type<BackTestState>().notNull(),
  scope: json<Scope>('scope').notNull(),
  from: instant('from').notNull(),
  to: instant('to').notNull(),
  total: integer('total'),
  examined: integer('examined').notNull(),
  bounded: boolean('bounded').notNull(),
  fired: integer('fired').notNull(),
  by_hour: json<BackTest['by_hour']>('by_hour').notNull(),
  by_host: json<BackTest['by_host']>('by_host').notNull(),
  hits: json<TrialHit[]>('hits').notNull(),
  problem: text('problem'),
  author_name: text('author_name').notNull(),
  created_at: instant('created_at').notNull(),
  ended_at: instant('ended_at'),
})
export type BackTestRow = typeof ruleBackTest.$inferSelect
