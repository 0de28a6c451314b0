import type { Language } from '@haidang/contracts/person'
import { instant } from '@haidang/runtime/database/columns'
import { boolean, pgSchema, pgTable, text } from 'drizzle-orm/pg-core'

export const invitation = pgTable('invitation', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  role_id: text('role_id').notNull(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  language: text('language').$type<Language>().notNull(),
  token_hash: text('token_hash').notNull(),
  created_at: instant('created_at').notNull(),
  expires_at: instant('expires_at').notNull(),
  accepted_at: instant('accepted_at'),
  revoked_at: instant('revoked_at'),
})

export const recoveryLink = pgSchema('auth').table('recovery_link', {
  person_id: text('person_id').primaryKey(),
  token_hash: text('token_hash').notNull(),
  factors: boolean('factors').notNull(),
  expires_at: instant('expires_at').notNull(),
})
