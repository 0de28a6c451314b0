import { Instant } from '@haidang/contracts/instant'
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { type DeliveryReport, deliveryReportOf, idsIn } from './delivery-report.ts'
import { htmlText } from './html-text.ts'

/** A mail as somebody reads it. Who sent it is what it says; nothing proves it. */
export interface ReadMail {
  /** Without brackets; empty: it has none. */
  readonly messageId: string
  /** Message-IDs of the mails it answers, the nearest first. */
  readonly answers: readonly string[]
  readonly from: { readonly name: string; readonly address: string }
  readonly to: readonly string[]
  readonly subject: string
  /** What it says in plain text, made from its HTML where it has no other. */
  readonly text: string
  /** When it says it was written; undefined: it does not, or not in a way that can be read. */
  readonly sentAt: string | undefined
  /** Whether a program sent it by itself (RFC 3834, and what older programs write). */
  readonly isAutomatic: boolean
  /** Servers it came over. */
  readonly hops: number
  readonly files: readonly MailFile[]
  readonly report: DeliveryReport | undefined
}

/** What is attached to it. */
export interface MailFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

const limits = {
  maxNestingDepth: 20,
  maxHeadersSize: 262_144,
  forceRfc822Attachments: true,
} as const
const textLength = 200_000
const htmlLength = 2_000_000
const lineLength = 500
const mostFiles = 100
const mostNames = 50

/** Reads a mail (RFC 5322, MIME). Throws an Error where it is nested too deep, or its headers are too large. */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  const mail = await PostalMime.parse(bytes, limits)
  const header = (key: string) => mail.headers.find((one) => one.key === key)?.value ?? ''
  const from = addresses([mail.from])[0] ?? { name: '', address: '' }
  const files = mail.attachments.map(fileOf)
  const text = storable(mail.text ?? htmlText((mail.html ?? '').slice(0, htmlLength))).slice(
    0,
    textLength,
  )
  const answers = [...idsIn(mail.inReplyTo ?? ''), ...idsIn(mail.references ?? '').reverse()]
  return {
    from,
    text,
    messageId: line(idsIn(mail.messageId ?? '')[0] ?? ''),
    answers: [...new Set(answers)].slice(0, mostNames),
    to: addresses([...(mail.to ?? []), ...(mail.cc ?? [])])
      .map(({ address }) => address)
      .slice(0, mostNames),
    subject: line(mail.subject ?? ''),
    sentAt: timeOf(mail),
    isAutomatic: isAutomatic(header),
    hops: mail.headers.filter(({ key }) => key === 'received').length,
    files: files.slice(0, mostFiles),
    report: deliveryReportOf({
      text,
      contentType: header('content-type'),
      from: from.address,
      returnPath: mail.headers.find(({ key }) => key === 'return-path')?.value,
      hasFailedRecipients: header('x-failed-recipients') !== '',
      references: mail.references ?? '',
      parts: files,
    }),
  }
}

function addresses(given: readonly (Address | undefined)[]) {
  return given.flatMap((one) =>
    one === undefined
      ? []
      : (one.group ?? [one]).map(({ name, address }) => ({
          name: line(name),
          address: line(address ?? '').slice(0, 254),
        })),
  )
}

function fileOf({ filename, mimeType, content }: Attachment): MailFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
  return { name: line(filename ?? ''), mediaType: line(mimeType).slice(0, 200), bytes }
}

function timeOf({ date }: Email): string | undefined {
  return Instant.safeParse(date).data
}

function isAutomatic(header: (key: string) => string): boolean {
  const submitted = header('auto-submitted').trim().toLowerCase()
  const precedence = header('precedence').trim().toLowerCase()
  return (
    (submitted !== '' && !/^no\b/.test(submitted)) ||
    ['bulk', 'junk', 'list', 'auto_reply'].includes(precedence) ||
    ['x-autoreply', 'x-autorespond', 'list-id'].some((key) => header(key) !== '') ||
    /report-type="?(delivery-status|disposition-notification)/i.test(header('content-type'))
  )
}

/** One line without what turns or hides what is read. */
function line(text: string): string {
  return storable(text)
    .replaceAll(/[\p{Cc}\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu, ' ')
    .trim()
    .slice(0, lineLength)
}

/** A database keeps no NUL and no half of a character. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replaceAll('\r\n', '\n').toWellFormed()
}
