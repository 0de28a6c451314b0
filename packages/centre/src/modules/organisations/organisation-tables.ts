import type { MembershipState } from '@haidang/contracts/membership-state'
import type { OrganisationKind, Sector } from '@haidang/contracts/organisation'
import { instant, json } from '@haidang/runtime/database/columns'
import { sql } from 'drizzle-orm'
import { boolean, pgTable, text } from 'drizzle-orm/pg-core'

/** An organisation is its own owner: `id` is what row-level security compares. */
export const organisation = pgTable('organisation', {
  id: text('id').primaryKey(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<OrganisationKind>().notNull(),
  sectors: json<Sector[]>('sectors').notNull(),
  unit: text('unit').notNull(),
  address: text('address').notNull(),
  website: text('website').notNull(),
  home: boolean('home').notNull(),
  membership: text('membership').$type<MembershipState>().notNull(),
  simulated: boolean('simulated').notNull(),
  folded_name: text('folded_name').generatedAlwaysAs(sql`haidang_fold(name || ' ' || code)`),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
})
