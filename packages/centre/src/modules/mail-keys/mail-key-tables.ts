import type { MailKeyState } from '@haidang/contracts/mail-key'
import { instant } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'

/** OpenPGP keys of the node, the private ones sealed. */
export const mailKey = pgTable('mail_key', {
  fingerprint: text('fingerprint').primaryKey(),
  name: text('name').notNull(),
  address: text('address').notNull(),
  state: text('state').$type<MailKeyState>().notNull(),
  armoured: text('armoured').notNull(),
  sealed: text('sealed').notNull(),
  created_at: instant('created_at').notNull(),
  expires_at: instant('expires_at').notNull(),
})
export type MailKeyRow = typeof mailKey.$inferSelect
