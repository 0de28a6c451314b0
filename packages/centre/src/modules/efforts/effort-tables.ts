import type { EffortLine, EffortPayment, EffortSheet, EffortState } from '@haidang/contracts/effort'
import { instant, json } from '@haidang/runtime/database/columns'
import { sql } from 'drizzle-orm'
import { bigint, boolean, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** What answering an order cost, from the claim to the payment; amounts in dong. */
export const effortSheet = pgTable('effort_sheet', {
  id: text('id').primaryKey(),
  order_id: text('order_id').notNull(),
  order_number: text('order_number').notNull(),
  order_title: text('order_title').notNull(),
  organisation_id: text('organisation_id').notNull(),
  organisation_name: text('organisation_name').notNull(),
  issuer_id: text('issuer_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  state: text('state').$type<EffortState>().notNull(),
  rules: text('rules').notNull(),
  lines: json<EffortLine[]>('lines').notNull(),
  note: text('note').notNull(),
  claimed: bigint('claimed', { mode: 'number' }).notNull(),
  checked: bigint('checked', { mode: 'number' }),
  /** Everybody who checked it, and the people behind them. */
  checkers: text('checkers').array().notNull(),
  payment: json<EffortPayment | null>('payment'),
  history: json<EffortSheet['history']>('history').notNull(),
  simulated: boolean('simulated').notNull(),
  version: integer('version').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
  folded: text('folded').generatedAlwaysAs(
    sql`haidang_fold(order_number || ' ' || order_title || ' ' || organisation_name)`,
  ),
})
export type EffortRow = Omit<typeof effortSheet.$inferSelect, 'folded'>
