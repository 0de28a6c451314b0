import type { Permission } from '@haidang/contracts/permission'
import type { Language, Role } from '@haidang/contracts/person'
import type { Tlp } from '@haidang/contracts/tlp'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, pgTable, text } from 'drizzle-orm/pg-core'

export const role = pgTable('role', {
  id: text('id').primaryKey(),
  name_vi: text('name_vi').notNull(),
  name_en: text('name_en').notNull(),
  permissions: json<Permission[]>('permissions').notNull(),
  clearance: text('clearance').$type<Tlp>().notNull(),
  scope: text('scope').$type<Role['scope']>().notNull(),
})

export const person = pgTable('person', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  role_id: text('role_id').notNull(),
  language: text('language').$type<Language>().notNull(),
  disabled: boolean('disabled').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
})

export const serviceAccount = pgTable('service_account', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  role_id: text('role_id').notNull(),
  name: text('name').notNull(),
  purpose: text('purpose').notNull(),
  owner_id: text('owner_id').notNull(),
  disabled: boolean('disabled').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
})

export const apiKey = pgTable('api_key', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  role_id: text('role_id').notNull(),
  name: text('name').notNull(),
  account_id: text('account_id'),
  secret_hash: text('secret_hash').notNull(),
  created_at: instant('created_at').notNull(),
  scopes: json<Permission[] | null>('scopes'),
  expires_at: instant('expires_at'),
  addresses: json<string[]>('addresses').notNull(),
  last_used_at: instant('last_used_at'),
  last_used_address: text('last_used_address'),
  revoked_at: instant('revoked_at'),
})
