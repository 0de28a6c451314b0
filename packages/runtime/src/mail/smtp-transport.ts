import { createTransport } from 'nodemailer'
import { type Mail, MailRefused, type MailTransport } from './mail-transport.ts'
import { pgpMime } from './pgp-mime.ts'

export interface SmtpOptions {
  readonly host: string
  readonly port: number
  /** tls: from the first byte; starttls: or nothing is sent; plain: only where the way is safe by itself. */
  readonly security: 'tls' | 'starttls' | 'plain'
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** PEM of authorities beside those of the system. */
  readonly authorities?: string | undefined
  readonly from: { readonly name: string; readonly address: string }
  /** What the node is called in List-Id. */
  readonly list: string
  readonly dkim?:
    | { readonly domain: string; readonly selector: string; readonly privateKey: string }
    | undefined
}

const connectMilliseconds = 15_000
const silenceMilliseconds = 60_000
const connections = 2
const control = /\p{Cc}/u

/** Opens the way to an SMTP server; nothing is connected before the first mail. */
export function openSmtp(options: SmtpOptions): MailTransport {
  const { host, port, security, user, password, authorities, dkim } = options
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'plain',
    pool: true,
    maxConnections: connections,
    connectionTimeout: connectMilliseconds,
    greetingTimeout: connectMilliseconds,
    socketTimeout: silenceMilliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...(authorities === undefined ? {} : { tls: { ca: authorities } }),
    ...(dkim === undefined
      ? {}
      : {
          dkim: {
            domainName: dkim.domain,
            keySelector: dkim.selector,
            privateKey: dkim.privateKey,
          },
        }),
  })
  return {
    async send(mail) {
      requirePlain(mail)
      try {
        const message = messageOf(mail, options)
        const { sealed, to } = mail
        await transport.sendMail(
          sealed
            ? {
                raw: await pgpMime({ ...message, sealed }),
                envelope: { from: options.from.address, to: to.address },
              }
            : message,
        )
      } catch (error) {
        throw refusalOf(error)
      }
    },
    close: () => transport.close(),
  }
}

function messageOf({ id, thread, to, subject, text, html }: Mail, { from, list }: SmtpOptions) {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  const root = `<${thread}@${domain}>`
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${id}@${domain}>`,
    inReplyTo: root,
    references: [root],
    headers: {
      // Programs that answer by themselves (RFC 3834) shall not answer us.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Id': `${list.replaceAll(/[^\p{L}\p{N} .-]/gu, '')} <notifications.${domain}>`,
    },
  }
}

/** A line break in a header would begin a header of somebody else's choice. */
function requirePlain({ id, thread, to, subject, sealed }: Mail): void {
  const bad = [id, thread, to.name, to.address, subject, sealed?.subject ?? ''].find((text) =>
    control.test(text),
  )
  if (bad === undefined && /^[^\s<>,;:"]+@[^\s<>,;:"@]+$/.test(to.address)) return
  throw new MailRefused('recipient or subject is not fit for a mail header', {
    permanent: true,
    reached: false,
  })
}

function refusalOf(error: unknown): MailRefused {
  const { message, responseCode, code } = error as {
    message?: string
    responseCode?: number
    code?: string
  }
  const said = (message ?? String(error)).slice(0, 500)
  // A wrong password or certificate is ours to mend, not the recipient's.
  const ours = code === 'EAUTH' || code === 'ETLS' || code === 'ENOAUTH'
  const permanent = !ours && responseCode !== undefined && responseCode >= 500
  return new MailRefused(said, { permanent, reached: responseCode !== undefined && !ours })
}
