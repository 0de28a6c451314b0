import type { Ring, RuleSetManifest } from '@haidang/contracts/rule-set'
import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

export const ruleSet = pgTable('rule_set', {
  number: integer('number').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  hash: text('hash').notNull(),
  manifest: json<RuleSetManifest>('manifest').notNull(),
  rules: integer('rules').notNull(),
  tunings: integer('tunings').notNull(),
  note: text('note').notNull(),
  ring: text('ring').$type<Ring>(),
  restores: integer('restores'),
  signature: text('signature').notNull(),
  kid: text('kid').notNull(),
  published_by: text('published_by').notNull(),
  published_at: instant('published_at').notNull(),
  rolled_out_at: instant('rolled_out_at'),
})
export type RuleSetRow = typeof ruleSet.$inferSelect

export const ruleSetFile = pgTable('rule_set_file', {
  sha256: text('sha256').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  text: text('text').notNull(),
  title: text('title').notNull(),
  sigma_id: text('sigma_id').notNull(),
  version: integer('version'),
})
export type SetFileRow = typeof ruleSetFile.$inferSelect

export const ruleSetStation = pgTable('rule_set_station', {
  station_id: text('station_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  ring: text('ring').$type<Ring>().notNull(),
  assigned: integer('assigned'),
  assigned_at: instant('assigned_at'),
  holds: integer('holds'),
  answered: integer('answered'),
  answer_hash: text('answer_hash'),
  answer_at: instant('answer_at'),
  active: integer('active'),
  errors: integer('errors'),
  problem: text('problem'),
})
export type SetStationRow = typeof ruleSetStation.$inferSelect
