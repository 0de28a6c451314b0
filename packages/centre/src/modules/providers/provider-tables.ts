import type { Matching, ProviderFactor } from '@haidang/contracts/provider'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, pgSchema, text } from 'drizzle-orm/pg-core'

const auth = pgSchema('auth')

export const provider = auth.table('provider', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  issuer: text('issuer').notNull(),
  client_id: text('client_id').notNull(),
  sealed_secret: text('sealed_secret'),
  matching: text('matching').$type<Matching>().notNull(),
  domains: json<string[]>('domains').notNull(),
  creates: boolean('creates').notNull(),
  organisation_id: text('organisation_id'),
  second_factor: text('second_factor').$type<ProviderFactor>().notNull(),
  factor_values: json<string[]>('factor_values').notNull(),
  inside: boolean('inside').notNull(),
  enabled: boolean('enabled').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
})

export const identity = auth.table('identity', {
  id: text('id').primaryKey(),
  person_id: text('person_id').notNull(),
  provider_id: text('provider_id').notNull(),
  subject: text('subject').notNull(),
  email: text('email'),
  linked_at: instant('linked_at').notNull(),
  last_used_at: instant('last_used_at'),
})
