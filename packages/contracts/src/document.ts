import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** Kinds of documents an agency issues; each has a template. */
export const DocumentKind = z.enum(['order', 'request', 'warning', 'incident_report', 'minutes'])
export type DocumentKind = z.infer<typeof DocumentKind>

/** `pdf` is signed once it is issued, `docx` is for editing on. */
export const DocumentFormat = z.enum(['pdf', 'docx'])
export type DocumentFormat = z.infer<typeof DocumentFormat>

/** A file and its content, base64. */
export const DocumentFile = z.object({
  name: z.string(),
  media_type: z.string(),
  content: z.base64(),
})
export type DocumentFile = z.infer<typeof DocumentFile>

/** What was issued; its files never change. */
export const IssuedDocument = z.object({
  id: idOf('document'),
  kind: DocumentKind,
  subject: z.string().describe('id of what it is about'),
  number: z.string(),
  title: z.string(),
  issuer_id: idOf('organisation'),
  issuer_name: z.string(),
  tlp: Tlp,
  state: z.enum(['issued', 'withdrawn']),
  template_version: z.int().describe('0: the shipped template'),
  signed_by: z.string().describe('who the certificate names'),
  certificate: z.string().describe('SHA-256 of the certificate'),
  sha256: z.string().describe('of the signed PDF'),
  code: z.string().describe('what a reader checks it by'),
  issued_at: Instant,
  issued_by_name: z.string(),
  withdrawn_at: Instant.nullable(),
  withdrawal: z.string().nullable(),
  simulated: z.boolean(),
})
export type IssuedDocument = z.infer<typeof IssuedDocument>

/** A check code: 80 bits, in letters and digits that are not mistaken for each other (Crockford base 32). */
export const CheckCode = z
  .string()
  .trim()
  .toUpperCase()
  .transform((code) => code.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{16}$/, '16 letters and digits'))

/** What anybody is told of a document: nothing of its content. */
export const DocumentCheck = z.object({
  verdict: z.enum(['valid', 'withdrawn', 'unknown']),
  number: z.string().nullable(),
  issuer_name: z.string().nullable(),
  issued_at: Instant.nullable(),
  withdrawn_at: Instant.nullable(),
  sha256: z.string().nullable(),
  simulated: z.boolean(),
})
export type DocumentCheck = z.infer<typeof DocumentCheck>

/** The certificate that signs the documents of an organisation. */
export const DocumentCertificate = z.object({
  own: z.boolean().describe('imported by the organisation; else made by the node'),
  subject: z.string(),
  issuer: z.string(),
  fingerprint: z.string().describe('SHA-256 of the certificate'),
  valid_from: Instant,
  valid_to: Instant,
  expired: z.boolean(),
})
export type DocumentCertificate = z.infer<typeof DocumentCertificate>
