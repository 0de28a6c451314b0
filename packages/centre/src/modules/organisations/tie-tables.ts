import type { Mandate } from '@haidang/contracts/organisation-tie'
import { date, pgTable, text } from 'drizzle-orm/pg-core'

/** Whom an organisation is under and what it is in the network, from day to day. */
export const organisationTie = pgTable('organisation_tie', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  kind: text('kind').$type<'parent' | 'mandate'>().notNull(),
  parent_id: text('parent_id'),
  mandate: text('mandate').$type<Mandate>(),
  valid_from: date('valid_from'),
  valid_to: date('valid_to'),
  basis: text('basis').notNull(),
})
export type TieRow = typeof organisationTie.$inferSelect
