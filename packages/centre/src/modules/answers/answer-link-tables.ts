import { instant } from '@haidang/runtime/database/columns'
import { integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Links by which a contact point answers an order or an advisory from its mail. */
export const answerLink = pgTable('answer_link', {
  id: text('id').primaryKey(),
  token_hash: text('token_hash').notNull(),
  /** Id of the order or advisory. */
  subject: text('subject').notNull(),
  version: integer('version').notNull(),
  organisation_id: text('organisation_id').notNull(),
  issuer_id: text('issuer_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  contact_id: text('contact_id').notNull(),
  contact_name: text('contact_name').notNull(),
  address: text('address').notNull(),
  made_at: instant('made_at').notNull(),
  expires_at: instant('expires_at').notNull(),
  answers: integer('answers').notNull(),
  last_request: text('last_request'),
  answered_at: instant('answered_at'),
})
export type AnswerLinkRow = typeof answerLink.$inferSelect
