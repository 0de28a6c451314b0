import { instant } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'

/** Certificates organisations brought, with their keys sealed. */
export const documentCertificate = pgTable('document_certificate', {
  organisation_id: text('organisation_id').primaryKey(),
  subject: text('subject').notNull(),
  issuer: text('issuer').notNull(),
  fingerprint: text('fingerprint').notNull(),
  valid_from: instant('valid_from').notNull(),
  valid_to: instant('valid_to').notNull(),
  sealed: text('sealed').notNull(),
  imported_at: instant('imported_at').notNull(),
  imported_by_name: text('imported_by_name').notNull(),
})
export type CertificateRow = typeof documentCertificate.$inferSelect
