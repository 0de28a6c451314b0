import type {
  OrganisationChange,
  OrganisationRequestState,
} from '@haidang/contracts/organisation-request'
import { instant, json } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'
import type { ContactRequest } from './contact-request.ts'

/** Changes organisations ask for, and what became of them. */
export const organisationRequest = pgTable('organisation_request', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  state: text('state').$type<OrganisationRequestState>().notNull(),
  before: json<OrganisationChange>('before').notNull(),
  asked: json<OrganisationChange>('asked').notNull(),
  kept: json<OrganisationChange | null>('kept'),
  /** What is asked of a contact point; null: the request is about the organisation itself. */
  contact: json<ContactRequest | null>('contact'),
  reason: text('reason').notNull(),
  asked_by_id: text('asked_by_id').notNull(),
  asked_by: text('asked_by').notNull(),
  asked_at: instant('asked_at').notNull(),
  decision: text('decision').notNull(),
  decided_by: text('decided_by').notNull(),
  decided_at: instant('decided_at'),
})
export type RequestRow = typeof organisationRequest.$inferSelect
