import type { RuleSetManifest } from '@haidang/contracts/rule-set'
import { json } from '@haidang/runtime/database/columns'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'

/** Who gives this node rule sets: its parent, and its own library. */
export type Issuer = 'parent' | 'own'

export const directedRuleFile = pgTable('directed_rule_file', {
  sha256: text('sha256').primaryKey(),
  text: text('text').notNull(),
})

export const directedRuleSet = pgTable('directed_rule_set', {
  issuer: text('issuer').$type<Issuer>().primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  last_number: integer('last_number').notNull(),
  waiting: json<RuleSetManifest>('waiting'),
  in_force: json<RuleSetManifest>('in_force'),
  active: integer('active').notNull(),
  errors: integer('errors').notNull(),
  problem: text('problem'),
})
export type DirectedSetRow = typeof directedRuleSet.$inferSelect
