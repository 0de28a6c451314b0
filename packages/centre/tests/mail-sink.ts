import { type Mail, MailRefused, type MailTransport } from '@haidang/runtime/mail/mail-transport'

export const portal = 'https://soc.example'

/** Of a way that is not this one: whom mails come from, and what may be read on the way. */
export const mailFacts = { portal, address: 'nut@soc.example', clearUpTo: 'amber' } as const

/** Takes mails as a server would, and refuses those of some addresses. */
export class MailSink implements MailTransport {
  readonly mails: Mail[] = []
  /** Answered for ever with "no such user". */
  readonly nobody = new Set<string>()
  /** Takes the mail and dies before it says so. */
  isCutOff = false

  async send(mail: Mail): Promise<void> {
    const { address } = mail.to
    if (this.nobody.has(address)) {
      throw new MailRefused('550 5.1.1 no such user', { permanent: true, reached: true })
    }
    this.mails.push(mail)
    if (!this.isCutOff) return
    throw new MailRefused('the connection was closed', { permanent: false, reached: false })
  }

  close(): void {
    this.mails.length = 0
  }

  to(address: string): Mail[] {
    return this.mails.filter((mail) => mail.to.address === address)
  }
}
