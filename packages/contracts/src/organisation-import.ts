import { z } from 'zod'
import { Approved } from './approved.ts'
import { ContactDraft } from './contact-point.ts'
import { endpoint } from './endpoint.ts'
import { OrganisationDraft } from './organisation.ts'
import { SheetFormat, SheetImport, SheetOutcome } from './sheet-import.ts'

/** One row of a file: an organisation, and whom to reach day and night. */
export const OrganisationRow = OrganisationDraft.extend({
  contact_name: ContactDraft.shape.name.optional(),
  contact_phone: ContactDraft.shape.phone,
  contact_email: ContactDraft.shape.email,
  parent: OrganisationDraft.shape.code
    .or(z.literal(''))
    .default('')
    .describe('code of whom it is under, from today'),
})
export type OrganisationRow = z.infer<typeof OrganisationRow>

export const organisationImportApi = {
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/organisation-import/preview',
    permission: 'organisation.manage',
    summary: 'What reading a file of organisations in would do, with the faults of its rows',
    body: SheetImport,
    reply: SheetOutcome,
  }),
  apply: endpoint({
    method: 'POST',
    path: '/api/v1/organisation-import',
    permission: 'organisation.manage',
    summary: 'Read a file of organisations in: all of its rows or none',
    body: SheetImport,
    reply: SheetOutcome,
  }),
  refused: endpoint({
    method: 'POST',
    path: '/api/v1/organisation-import/refused',
    permission: 'organisation.manage',
    summary: 'The rows of a file that are refused, each with why, as a file in its format',
    body: SheetImport,
    reply: z.unknown(),
  }),
  template: endpoint({
    method: 'GET',
    path: '/api/v1/organisation-import/template',
    permission: 'organisation.read',
    summary: 'An empty file with the columns of organisations',
    query: z.object({ format: SheetFormat }),
    reply: z.unknown(),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/organisation-export',
    permission: 'organisation.read',
    reads: 'organisations',
    summary: 'The organisations a filter finds as a file that can be read in again',
    query: z.object({
      format: SheetFormat,
      filter: z.string().max(2_048).optional(),
      approval: Approved,
    }),
    reply: z.unknown(),
  }),
}
