import { readFile } from 'node:fs/promises'
import type { MailWay } from '@haidang/centre/notifications'
import { openImap } from '@haidang/runtime/mail/imap-mailbox'
import { openSmtp } from '@haidang/runtime/mail/smtp-transport'
import { Problem } from '@haidang/runtime/problem'
import type { NodeConfiguration } from './node-configuration.ts'

/** The way mails leave this node; undefined where none is configured. Throws Problem configuration.invalid. */
export async function openMail({ mail, http }: NodeConfiguration): Promise<MailWay | undefined> {
  const { smtp, imap, from, from_name, dkim } = mail
  if (!smtp || from === undefined) return undefined
  if (http.public_url === undefined) {
    throw new Problem(
      'configuration.invalid',
      'mail.smtp needs http.public_url: the links in mails lead there',
    )
  }
  const { authorities, ...server } = smtp
  const transport = openSmtp({
    ...server,
    from: { name: from_name, address: from },
    list: from_name,
    authorities: authorities && (await pem('mail.smtp.authorities', authorities)),
    dkim: dkim && {
      domain: dkim.domain,
      selector: dkim.selector,
      privateKey: await pem('mail.dkim.key', dkim.key),
    },
  })
  const mailbox = imap && {
    name: `${imap.user}@${imap.host}/${imap.folder}`,
    open: openImap({
      ...imap,
      authorities: imap.authorities && (await pem('mail.imap.authorities', imap.authorities)),
    }),
  }
  return {
    transport,
    mailbox,
    address: from,
    clearUpTo: mail.clear_up_to,
    portal: http.public_url.replace(/\/+$/, ''),
  }
}

async function pem(key: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new Problem('configuration.invalid', `${key}: ${path} cannot be read: ${String(error)}`)
  }
}
