import { Tlp } from '@haidang/contracts/tlp'
import { z } from 'zod'

const Smtp = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65535).default(587),
    security: z
      .enum(['starttls', 'tls', 'plain'])
      .default('starttls')
      .describe('tls: from the first byte (465); plain: a relay on this machine only'),
    user: z.string().min(1).max(254).optional(),
    password: z.string().min(1).optional(),
    authorities: z
      .string()
      .optional()
      .describe('PEM file of the authorities of the server, beside those of the system'),
  })
  .refine((smtp) => (smtp.user === undefined) === (smtp.password === undefined), {
    path: ['password'],
    error: 'user and password are given together',
  })
  .refine(({ security, host }) => security !== 'plain' || isHere(host), {
    path: ['security'],
    error: 'plain is for a mail server on this machine; use starttls or tls',
  })

const megabyte = 1_048_576

const Imap = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65535).default(143),
    security: z
      .enum(['starttls', 'tls', 'plain'])
      .default('starttls')
      .describe('tls: from the first byte (993); plain: a server on this machine only'),
    user: z.string().min(1).max(254),
    password: z.string().min(1),
    authorities: z
      .string()
      .optional()
      .describe('PEM file of the authorities of the server, beside those of the system'),
    folder: z.string().min(1).max(250).default('INBOX').describe('read from its first mail on'),
    largest: z
      .int()
      .min(1)
      .max(100)
      .default(25)
      .describe('megabytes; of a larger mail only the headers are read'),
  })
  .refine(({ security, host }) => security !== 'plain' || isHere(host), {
    path: ['security'],
    error: 'plain is for a mail server on this machine; use starttls or tls',
  })
  .transform((imap) => ({ ...imap, largest: imap.largest * megabyte }))

/** How mails leave the node and come in; without `smtp` none does, and the portal alone tells. */
export const MailConfiguration = z
  .strictObject({
    smtp: Smtp.optional().describe('the mail server that takes our mails'),
    imap: Imap.optional().describe('the mailbox of `from`, where answers and returned mails come'),
    from: z.email().max(254).optional().describe('address mails come from'),
    from_name: z
      .string()
      .regex(/^[^\p{Cc}"<>]{1,100}$/u, 'one line without quotes')
      .default('Hải Đăng'),
    clear_up_to: Tlp.default('amber').describe(
      'the highest TLP whose mails go out without encryption; above, whoever has no OpenPGP key gets a link alone',
    ),
    dkim: z
      .strictObject({
        domain: z.string().min(1).max(253),
        selector: z.string().min(1).max(63),
        key: z.string().describe('PEM file of the private key'),
      })
      .optional()
      .describe('signs mails (RFC 6376), where the mail server does not'),
  })
  .refine(({ smtp, from }) => smtp === undefined || from !== undefined, {
    path: ['from'],
    error: 'mail.smtp needs the address mails come from',
  })
  .refine(({ smtp, imap }) => imap === undefined || smtp !== undefined, {
    path: ['imap'],
    error: 'mail.imap needs mail.smtp: what comes in answers what went out',
  })

function isHere(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '::1'
}
