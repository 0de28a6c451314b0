import { z } from 'zod'
import {
  CheckCode,
  DocumentCertificate,
  DocumentCheck,
  DocumentFile,
  DocumentFormat,
  DocumentKind,
  IssuedDocument,
} from './document.ts'
import { TemplateDraft, TemplatePreview, TemplateVersion } from './document-template.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { OrderDraft } from './order.ts'
import { PageQuery, pageOf } from './page.ts'

const order = z.object({ id: idOf('order') })
const incident = z.object({ id: idOf('incident') })
const found = z.object({ document: IssuedDocument.nullable() })
const reason = z.string().trim().min(3).max(4000)

/** Documents issued, and those that are not yet. */
export const documentApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/documents',
    permission: 'document.read',
    summary: 'List documents issued by or to the reader’s organisation',
    query: PageQuery,
    reply: pageOf(IssuedDocument),
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/v1/documents/:id/withdraw',
    permission: 'document.manage',
    summary: 'Withdraw a document; who checks it is told so',
    params: z.object({ id: idOf('document') }),
    body: z.object({ reason }),
    reply: IssuedDocument,
  }),
  ofOrder: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id/document',
    permission: 'order.read',
    summary: 'The document an order was issued as; null where it was issued elsewhere or before',
    params: order,
    reply: found,
  }),
  orderFile: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id/document/:format',
    permission: 'order.read',
    reads: 'order',
    summary: 'The document of an order: signed PDF, or DOCX',
    params: order.extend({ format: DocumentFormat }),
    reply: DocumentFile,
  }),
  orderDraft: endpoint({
    method: 'POST',
    path: '/api/v1/order-draft-document',
    permission: 'order.issue',
    summary: 'An order that is not issued yet as a document marked as a draft',
    body: z.object({ draft: OrderDraft, format: DocumentFormat }),
    reply: DocumentFile,
  }),
  ofIncident: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/report',
    permission: 'incident.read',
    summary: 'The report of an incident that is in force; null where none was issued',
    params: incident,
    reply: found,
  }),
  incidentFile: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/report/:format',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'The report of an incident: as issued, or of this moment and marked as a draft',
    params: incident.extend({ format: DocumentFormat }),
    reply: DocumentFile,
  }),
  issueReport: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/report',
    permission: 'incident.close',
    summary: 'Issue the report of an incident: numbered, signed, unchangeable',
    params: incident,
    body: z.object({}),
    reply: IssuedDocument,
  }),
}

/** For everybody who holds a document. */
export const documentCheckApi = {
  check: endpoint({
    method: 'POST',
    path: '/api/v1/document-check',
    permission: 'public',
    summary: 'Whether a document of this check code, or a PDF of this SHA-256, is in force',
    body: z.union([
      z.object({ code: CheckCode }),
      z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    ]),
    reply: DocumentCheck,
  }),
  authority: endpoint({
    method: 'GET',
    path: '/api/v1/document-authority',
    permission: 'public',
    summary: 'The root certificate readers trust to see who signed documents of this node',
    reply: z.object({ certificate: z.string(), fingerprint: z.string() }),
  }),
}

const kind = z.object({ kind: DocumentKind })

/** Templates of the caller’s organisation. */
export const documentTemplateApi = {
  versions: endpoint({
    method: 'GET',
    path: '/api/v1/document-templates/:kind',
    permission: 'document.manage',
    summary: 'Every version of a template, newest first; the last is the shipped one',
    params: kind,
    reply: z.object({ items: z.array(TemplateVersion) }),
  }),
  save: endpoint({
    method: 'POST',
    path: '/api/v1/document-templates/:kind',
    permission: 'document.manage',
    summary: 'Save a new version of a template; documents issued from here on follow it',
    params: kind,
    body: TemplateDraft,
    reply: TemplateVersion,
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/document-templates/:kind/preview',
    permission: 'document.manage',
    summary: 'A template filled with sample values, marked as a draft',
    params: kind,
    body: TemplatePreview,
    reply: DocumentFile,
  }),
}

/** What signs documents of the caller’s organisation. */
export const documentCertificateApi = {
  get: endpoint({
    method: 'GET',
    path: '/api/v1/document-certificate',
    permission: 'document.manage',
    summary: 'The certificate that signs documents of the caller’s organisation',
    reply: DocumentCertificate,
  }),
  import: endpoint({
    method: 'POST',
    path: '/api/v1/document-certificate',
    permission: 'document.manage',
    summary: 'Sign with the organisation’s own certificate from here on (PKCS#12, kept sealed)',
    body: z.object({
      content: z.base64().max(90_000),
      password: z.string().max(300),
      reason,
    }),
    reply: DocumentCertificate,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/document-certificate',
    permission: 'document.manage',
    summary: 'Delete the organisation’s own certificate and key; the node’s signs from here on',
    reply: DocumentCertificate,
  }),
  rotate: endpoint({
    method: 'POST',
    path: '/api/v1/document-certificate/rotate',
    permission: 'document.manage',
    summary: 'Give the node a new document-signing key and certificate; the key before is deleted',
    body: z.object({ reason }),
    reply: DocumentCertificate,
  }),
}
