import type { ExpertBasis, ExpertCertificate } from '@haidang/contracts/expert'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Experts of members: personal data, each row with the basis it is kept on. */
export const expert = pgTable('expert', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  name: text('name').notNull(),
  /** Words to search by, without tones. */
  folded: text('folded').notNull(),
  position: text('position').notNull(),
  phone: text('phone').notNull(),
  email: text('email').notNull(),
  unit: text('unit').notNull(),
  specialities: json<string[]>('specialities').notNull(),
  certificates: json<ExpertCertificate[]>('certificates').notNull(),
  experience_years: smallint('experience_years').notNull(),
  languages: json<string[]>('languages').notNull(),
  on_call: boolean('on_call').notNull(),
  basis: json<ExpertBasis>('basis').notNull(),
  updated_at: instant('updated_at').notNull(),
})
export type ExpertRow = typeof expert.$inferSelect
