import type { SettingAnswer } from '@haidang/contracts/directed-configuration'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'

/** A regulation profile the parent put in place: the version that came, and the one that was in force before. */
export interface PlacedProfile {
  readonly profile: string
  readonly version: number
  /** null: there was no such profile. */
  readonly before: number | null
}

/** What the parent set last: at most one row. */
export const directedConfiguration = pgTable('directed_configuration', {
  one: boolean('one').primaryKey().default(true),
  parent_id: text('parent_id').notNull(),
  number: integer('number').notNull(),
  set_by: text('set_by').notNull(),
  set_at: instant('set_at').notNull(),
  reason: text('reason').notNull(),
  settings: json<Record<string, unknown>>('settings').notNull(),
  answers: json<SettingAnswer[]>('answers').notNull(),
  placed: json<readonly PlacedProfile[]>('placed').notNull(),
  received_at: instant('received_at').notNull(),
})
export type DirectedConfigurationRow = Omit<typeof directedConfiguration.$inferSelect, 'one'>

/** What the owner decided about settings. */
export const settingConsent = pgTable('setting_consent', {
  name: text('name').primaryKey(),
  allowed: boolean('allowed').notNull(),
  reason: text('reason').notNull(),
  actor_id: text('actor_id').notNull(),
  actor_name: text('actor_name').notNull(),
  decided_at: instant('decided_at').notNull(),
})
export type SettingConsentRow = typeof settingConsent.$inferSelect
