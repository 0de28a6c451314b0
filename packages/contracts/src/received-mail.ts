import { z } from 'zod'
import { idOf } from './id.ts'
import { mostAddresses, mostDescribed } from './incident-report.ts'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** What a mail is, as far as it can be told before somebody reads it. */
export const ReceivedMailKind = z.enum([
  'message',
  'automatic',
  'bounce',
  'loop',
  'flood',
  'too-large',
  'unreadable',
])
export type ReceivedMailKind = z.infer<typeof ReceivedMailKind>

/** filed: it stands with its object. */
export const ReceivedMailState = z.enum(['unfiled', 'filed', 'dismissed'])
export type ReceivedMailState = z.infer<typeof ReceivedMailState>

/** What OpenPGP made of it: closed: none of the keys of the node opens it. */
export const MailEncryption = z.enum(['none', 'opened', 'closed'])
export type MailEncryption = z.infer<typeof MailEncryption>

/** valid: by a key that who reads the sender’s address confirmed; expired: by one that is no longer valid. */
export const MailSignature = z.enum(['none', 'valid', 'unknown', 'expired', 'bad'])
export type MailSignature = z.infer<typeof MailSignature>

export const ReceivedFile = z.object({
  name: z.string(),
  media_type: z.string(),
  size: z.int(),
  sha256: z.string().optional().describe('of its bytes; absent: it came before they were kept'),
})
export type ReceivedFile = z.infer<typeof ReceivedFile>

/** A mail that came into the mailbox of the node. Its sender is what it says; only a valid signature proves it. */
export const ReceivedMail = z.object({
  id: idOf('receivedMail'),
  kind: ReceivedMailKind,
  state: ReceivedMailState,
  from_name: z.string(),
  from_address: z.string(),
  subject: z.string(),
  size: z.int(),
  files: z.array(ReceivedFile),
  encryption: MailEncryption,
  signature: MailSignature,
  signer: z.string().describe('fingerprint of the known key that signed it; empty: none'),
  tlp: Tlp,
  object_id: z.string().describe('what it is about; empty: not known'),
  delivery_id: z.string().describe('the mail it answers or returns; empty: none of ours'),
  sent_at: Instant.nullable().describe('when it says it was written'),
  received_at: Instant,
  settled_by: z.string().describe('who filed or dismissed it; empty: nobody had to'),
  settled_at: Instant.nullable(),
  settled_reason: z.string(),
})
export type ReceivedMail = z.infer<typeof ReceivedMail>

/** With what it says. */
export const ReceivedMailBody = ReceivedMail.extend({
  recipients: z.array(z.string()).describe('addresses it says it was sent to'),
  text: z.string().describe('in plain text, cut at 200,000 characters'),
  sha256: z.string().describe('of the mail as it came; empty: it is not kept'),
  senders: z
    .array(z.object({ organisation_id: z.string(), organisation_name: z.string() }))
    .describe('organisations that name the sender’s address as theirs; proves nothing'),
  has_source: z.boolean().describe('whether the mail is kept as it came'),
  has_opened: z.boolean().describe('whether it is kept as it was before it was encrypted, too'),
})
export type ReceivedMailBody = z.infer<typeof ReceivedMailBody>

/** A mail as a report of an incident: by whom, of what. The mail itself stays with the report. */
export const MailReportDraft = z.object({
  organisation_id: idOf('organisation').describe('one of `senders`'),
  system_name: z.string().trim().max(300).default(''),
  description: z.string().trim().min(3).max(mostDescribed),
  addresses: z.array(z.string().trim().min(1).max(253)).max(mostAddresses).default([]),
})
export type MailReportDraft = z.infer<typeof MailReportDraft>
