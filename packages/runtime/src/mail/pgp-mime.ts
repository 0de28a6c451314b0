import MailComposer from 'nodemailer/lib/mail-composer'
import MimeNode from 'nodemailer/lib/mime-node'
import type { SealedMail } from './mail-transport.ts'

/** A mail with its headers, before it is encrypted. */
interface OpenMail {
  readonly from: Address
  readonly to: Address
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly messageId: string
  readonly inReplyTo: string
  readonly references: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly sealed: SealedMail
}
interface Address {
  readonly name: string
  readonly address: string
}

/**
 * The whole mail as PGP/MIME (RFC 3156). Subject and recipients stand inside, too, where programs that know protected
 * headers show them.
 */
export async function pgpMime(mail: OpenMail): Promise<Buffer> {
  const { from, to, subject, messageId, inReplyTo, references, headers, sealed } = mail
  const outer = new MimeNode('multipart/encrypted; protocol="application/pgp-encrypted"')
  outer.setHeader({
    From: from,
    To: to,
    Subject: subject,
    'Message-ID': messageId,
    'In-Reply-To': inReplyTo,
    References: references.join(' '),
    ...headers,
  })
  outer
    .createChild('application/pgp-encrypted')
    .setHeader('Content-Transfer-Encoding', '7bit')
    .setContent('Version: 1\r\n')
  outer
    .createChild('application/octet-stream; name="encrypted.asc"')
    .setHeader('Content-Transfer-Encoding', '7bit')
    .setHeader('Content-Disposition', 'inline; filename="encrypted.asc"')
    .setContent(await sealed.encrypt(await entityOf(mail)))
  return outer.build()
}

async function entityOf({ from, to, text, html, messageId, sealed }: OpenMail) {
  const inner = new MailComposer({ from, to, text, html, messageId, subject: sealed.subject })
    .compile()
    .setHeader('Content-Type', 'multipart/alternative; protected-headers="v1"')
  return inner.build()
}
