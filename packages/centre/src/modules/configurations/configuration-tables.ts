import type { SettingAnswer } from '@haidang/contracts/directed-configuration'
import type { ConfigurationPlan } from '@haidang/contracts/station-configuration'
import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'

/** Every version of the plan. */
export const configurationVersion = pgTable('configuration_version', {
  number: integer('number').primaryKey(),
  plan: json<ConfigurationPlan>('plan').notNull(),
  reason: text('reason').notNull(),
  restores: integer('restores'),
  actor_id: text('actor_id').notNull(),
  actor_name: text('actor_name').notNull(),
  created_at: instant('created_at').notNull(),
})
export type ConfigurationVersionRow = typeof configurationVersion.$inferSelect

/** What stations were given and said. */
export const stationConfiguration = pgTable('station_configuration', {
  station_id: text('station_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  considered: integer('considered').notNull(),
  assigned: integer('assigned'),
  assigned_at: instant('assigned_at'),
  hash: text('hash').notNull(),
  names: json<string[]>('names').notNull(),
  answered: integer('answered'),
  answered_at: instant('answered_at'),
  answers: json<SettingAnswer[]>('answers').notNull(),
})
export type StationConfigurationRow = typeof stationConfiguration.$inferSelect
