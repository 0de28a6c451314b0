import type { DocumentKind, IssuedDocument } from '@haidang/contracts/document'
import type { TemplateContent } from '@haidang/contracts/document-template'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

/** Templates of an organisation, by version. */
export const documentTemplate = pgTable(
  'document_template',
  {
    organisation_id: text('organisation_id').notNull(),
    kind: text('kind').$type<DocumentKind>().notNull(),
    version: integer('version').notNull(),
    content: json<TemplateContent>('content').notNull(),
    note: text('note').notNull(),
    made_at: instant('made_at').notNull(),
    made_by: text('made_by').notNull(),
    made_by_name: text('made_by_name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisation_id, table.kind, table.version] })],
)
export type TemplateRow = typeof documentTemplate.$inferSelect

/** Whom a document was issued to. */
export const documentReader = pgTable(
  'document_reader',
  {
    document_id: text('document_id').notNull(),
    organisation_id: text('organisation_id').notNull(),
    issuer_id: text('issuer_id').notNull(),
    tlp_rank: smallint('tlp_rank').notNull(),
  },
  (table) => [primaryKey({ columns: [table.document_id, table.organisation_id] })],
)

/** What was issued; `organisation_id` says whose it is, which for a report is not its issuer. */
export const issuedDocument = pgTable('issued_document', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  issuer_id: text('issuer_id').notNull(),
  issuer_name: text('issuer_name').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  kind: text('kind').$type<DocumentKind>().notNull(),
  subject: text('subject').notNull(),
  number: text('number').notNull(),
  title: text('title').notNull(),
  state: text('state').$type<IssuedDocument['state']>().notNull(),
  template_version: integer('template_version').notNull(),
  signed_by: text('signed_by').notNull(),
  certificate: text('certificate').notNull(),
  pdf_sha256: text('pdf_sha256').notNull(),
  docx_sha256: text('docx_sha256').notNull(),
  code: text('code').notNull(),
  simulated: boolean('simulated').notNull(),
  issued_at: instant('issued_at').notNull(),
  issued_by_name: text('issued_by_name').notNull(),
  withdrawn_at: instant('withdrawn_at'),
  withdrawal: text('withdrawal'),
})
export type DocumentRow = typeof issuedDocument.$inferSelect
