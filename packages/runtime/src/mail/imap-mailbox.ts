import { ImapFlow } from 'imapflow'
import type { LyingMail, Mailbox } from './mailbox.ts'

export interface ImapOptions {
  readonly host: string
  readonly port: number
  /** tls: from the first byte; starttls: or nobody signs in; plain: only where the way is safe by itself. */
  readonly security: 'tls' | 'starttls' | 'plain'
  readonly user: string
  readonly password: string
  /** PEM of authorities beside those of the system. */
  readonly authorities?: string | undefined
  readonly folder: string
  /** Of a mail with more bytes only the headers are fetched. */
  readonly largest: number
}

const connectMilliseconds = 15_000
const silenceMilliseconds = 60_000

/** A folder of an IMAP server (RFC 3501, RFC 9051), opened without the right to change it, once for each reading. */
export function openImap(options: ImapOptions): Mailbox {
  return {
    async read(after, most, take) {
      const client = connectionOf(options)
      // Without a listener a connection that breaks would end the process; the command under way fails, too.
      client.on('error', () => undefined)
      try {
        await client.connect()
        const { uidValidity } = await client.mailboxOpen(options.folder, { readOnly: true })
        const validity = String(uidValidity)
        const last = after?.validity === validity ? after.uid : 0
        const uids = await uidsAfter(client, last)
        const due = uids.slice(0, most)
        for (const uid of due) {
          const mail = await fetched(client, { validity, uid }, options.largest)
          if (mail) await take(mail)
        }
        return due.length
      } finally {
        client.close()
      }
    },
  }
}

function connectionOf({ host, port, security, user, password, authorities }: ImapOptions) {
  return new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    // True fails where the server offers no STARTTLS.
    doSTARTTLS: security === 'starttls',
    auth: { user, pass: password },
    connectionTimeout: connectMilliseconds,
    greetingTimeout: connectMilliseconds,
    socketTimeout: silenceMilliseconds,
    disableAutoIdle: true,
    logger: false,
    tls: authorities === undefined ? {} : { ca: authorities },
  })
}

/** `n:*` names the last mail even where its number is lower. */
async function uidsAfter(client: ImapFlow, last: number): Promise<number[]> {
  const found = await client.search({ uid: `${last + 1}:*` }, { uid: true })
  return (found || []).filter((uid) => uid > last).sort((a, b) => a - b)
}

/** Undefined where it was removed meanwhile. */
async function fetched(
  client: ImapFlow,
  position: LyingMail['position'],
  largest: number,
): Promise<LyingMail | undefined> {
  const range = String(position.uid)
  const known = await client.fetchOne(range, { size: true }, { uid: true })
  if (!known) return undefined
  const size = known.size ?? 0
  const isWhole = size <= largest
  const query = isWhole ? { source: true } : { headers: true }
  const mail = await client.fetchOne(range, query, { uid: true })
  const bytes = mail && (isWhole ? mail.source : mail.headers)
  return bytes ? { position, size, isWhole, bytes } : undefined
}
