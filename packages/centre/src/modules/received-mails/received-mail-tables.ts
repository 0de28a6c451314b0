import type {
  MailEncryption,
  MailSignature,
  ReceivedFile,
  ReceivedMailKind,
  ReceivedMailState,
} from '@haidang/contracts/received-mail'
import { instant, json } from '@haidang/runtime/database/columns'
import { bigint, pgTable, smallint, text } from 'drizzle-orm/pg-core'

export const receivedMail = pgTable('received_mail', {
  id: text('id').primaryKey(),
  once: text('once').notNull(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  kind: text('kind').$type<ReceivedMailKind>().notNull(),
  state: text('state').$type<ReceivedMailState>().notNull(),
  message_id: text('message_id').notNull(),
  from_name: text('from_name').notNull(),
  from_address: text('from_address').notNull(),
  recipients: json<readonly string[]>('recipients').notNull(),
  subject: text('subject').notNull(),
  body: text('body').notNull(),
  size: bigint('size', { mode: 'number' }).notNull(),
  files: json<readonly ReceivedFile[]>('files').notNull(),
  sha256: text('sha256').notNull(),
  opened_sha256: text('opened_sha256').notNull(),
  encryption: text('encryption').$type<MailEncryption>().notNull(),
  signature: text('signature').$type<MailSignature>().notNull(),
  signer: text('signer').notNull(),
  object_id: text('object_id').notNull(),
  delivery_id: text('delivery_id').notNull(),
  sent_at: instant('sent_at'),
  received_at: instant('received_at').notNull(),
  settled_by: text('settled_by').notNull(),
  settled_at: instant('settled_at'),
  settled_reason: text('settled_reason').notNull(),
})
export type ReceivedMailRow = typeof receivedMail.$inferSelect

export const mailboxPosition = pgTable('mailbox_position', {
  mailbox: text('mailbox').primaryKey(),
  validity: text('validity').notNull(),
  uid: bigint('uid', { mode: 'number' }).notNull(),
})
