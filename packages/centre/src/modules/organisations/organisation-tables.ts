import type { Contact, OrganisationKind } from '@haidang/contracts/organisation'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, pgTable, text } from 'drizzle-orm/pg-core'

/** An organisation is its own owner: `id` is what row-level security compares. */
export const organisation = pgTable('organisation', {
  id: text('id').primaryKey(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<OrganisationKind>().notNull(),
  home: boolean('home').notNull(),
  contacts: json<Contact[]>('contacts').notNull(),
  simulated: boolean('simulated').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
})
