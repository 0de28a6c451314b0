import type { ContactPurpose, OpenPgpKey } from '@haidang/contracts/contact-point'
import { instant, json } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'

/** Whom to reach at an organisation, and until when that was confirmed. */
export const contactPoint = pgTable('contact_point', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  purpose: text('purpose').$type<ContactPurpose>().notNull(),
  name: text('name').notNull(),
  position: text('position').notNull(),
  phone: text('phone').notNull(),
  email: text('email').notNull(),
  openpgp: text('openpgp').notNull(),
  key: json<OpenPgpKey | null>('key'),
  verified_at: instant('verified_at'),
  due_at: instant('due_at'),
  token_hash: text('token_hash'),
  mailed_hash: text('mailed_hash'),
  key_confirmed_at: instant('key_confirmed_at'),
  asked_at: instant('asked_at'),
  token_expires_at: instant('token_expires_at'),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
})
export type ContactRow = typeof contactPoint.$inferSelect
