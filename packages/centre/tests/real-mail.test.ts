import { createClient } from '@haidang/contracts/client'
import { contactApi, contactVerificationApi } from '@haidang/contracts/contact-point'
import { mailKeyApi } from '@haidang/contracts/mail-key'
import { notificationApi } from '@haidang/contracts/notification-api'
import { orderApi } from '@haidang/contracts/order-api'
import { receivedMailApi } from '@haidang/contracts/received-mail-api'
import type { Tlp } from '@haidang/contracts/tlp'
import { openImap } from '@haidang/runtime/mail/imap-mailbox'
import { readMail } from '@haidang/runtime/mail/read-mail'
import { openSmtp } from '@haidang/runtime/mail/smtp-transport'
import { MailServer, mailPassword, mailServerMissing } from '@haidang/testbed/mail-server'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orderDraft } from './access-drafts.ts'
import { approving } from './approving.ts'
import { GnuPg, gnupgMissing, sealedMail } from './gnupg.ts'
import { mailFacts } from './mail-sink.ts'

const within = { timeout: 20_000, interval: 100 }
const all = { query: {} }

/** A centre whose mails go through Exim and whose mailbox lies in Dovecot, and an addressee with a duty desk there. */
async function mailed() {
  const server = await MailServer.start(['nut', 'truc', 'ky-thuat', 'bao-mat'])
  const address = (name: string) => `${name}@${server.domain}`
  const { host, authority: authorities } = server
  const signedIn = {
    host,
    authorities,
    security: 'starttls',
    user: address('nut'),
    password: mailPassword,
  } as const
  const from = { name: 'Hải Đăng', address: address('nut') }
  const transport = openSmtp({ ...signedIn, port: server.smtpPort, from, list: 'Hải Đăng' })
  const open = openImap({ ...signedIn, port: server.imapPort, folder: 'INBOX', largest: 100_000 })
  const of = await approving({
    ...mailFacts,
    address: address('nut'),
    transport,
    mailbox: { name: 'nut', open },
  })
  const [first = '', second = '', third = ''] = of.addressees.map(
    ({ organisation_id }) => organisation_id,
  )
  return {
    ...of,
    server,
    address,
    first,
    second,
    third,
    mails: of.an.api(receivedMailApi),
    contact: (id: string, purpose: 'duty' | 'technical', email: string, openpgp = '') =>
      createClient(contactApi, of.local).add({
        params: { id },
        body: { purpose, name: `Tổ ${purpose}`, email, openpgp },
      }),
    ask: (id: string, contact: string) =>
      createClient(contactApi, of.local).ask({ params: { id, contact } }),
    issue: (id: string, tlp: Tlp = 'amber') =>
      of.an.api(orderApi).issue({ body: { ...orderDraft(of.node, id), tlp } }),
    /** Sends what is due and reads what came, as the jobs do. */
    async turn() {
      await of.node.dispatch?.turn()
      await of.node.mailbox?.turn()
    },
    told: async () =>
      (await of.an.api(notificationApi).list(all)).items.map(
        ({ kind, object_id }) => `${kind} ${object_id}`,
      ),
    /** Writes as somebody with a mailbox there. */
    async write(name: string, mail: object) {
      const sender = createTransport({
        host,
        port: server.smtpPort,
        requireTLS: true,
        tls: { ca: authorities },
        auth: { user: address(name), pass: mailPassword },
      })
      await sender.sendMail({ from: address(name), to: address('nut'), ...mail })
      sender.close()
    },
    async [Symbol.asyncDispose]() {
      transport.close()
      await of[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

describe.skipIf(mailServerMissing)('a real mail server', () => {
  let of: Awaited<ReturnType<typeof mailed>>

  beforeAll(async () => {
    of = await mailed()
  })

  afterAll(() => of[Symbol.asyncDispose]())

  test('an order goes out by SMTP, its answer comes in by IMAP and stands with the order', async () => {
    await of.contact(of.first, 'duty', of.address('truc'))
    const { id, title } = await of.issue(of.first)
    const lying = async () => {
      await of.turn()
      return of.server.mailsOf('truc')
    }
    await expect.poll(async () => (await lying()).length, within).toBe(1)
    const [source = ''] = await lying()
    expect(source).toContain('(TLS1.3)')
    expect(source).toContain('Auto-Submitted: auto-generated')
    expect(source).toMatch(/multipart\/alternative/)
    const sent = await readMail(Buffer.from(source))
    expect(sent.subject).toContain(title)
    expect(sent.text).toMatch(/https:\/\/soc\.example\/answer#[\w-]{20,}/)
    expect(sent.answers).toEqual([`${id}@${of.server.domain}`])

    const answer = {
      inReplyTo: `<${sent.messageId}>`,
      references: [`<${id}@${of.server.domain}>`, `<${sent.messageId}>`],
      subject: `Re: ${sent.subject}`,
      html: '<p>Đã chặn <b>14</b> IP</p><script>alert(1)</script>',
      attachments: [{ filename: 'nhật ký.txt', content: 'đã chặn' }],
    }
    await of.write('truc', answer)
    const received = async () => {
      await of.turn()
      return (await of.mails.list({ query: { filter: 'not kind:bounce' } })).items
    }
    await expect.poll(async () => (await received()).length, within).toBe(1)
    const [mail] = await received()
    expect(mail).toMatchObject({
      kind: 'message',
      state: 'filed',
      object_id: id,
      tlp: 'amber',
      from_address: of.address('truc'),
      files: [{ name: 'nhật ký.txt', media_type: 'text/plain', size: 11 }],
    })
    const params = { id: mail?.id ?? '' }
    const { text } = await of.mails.get({ params })
    expect(text.trim()).toBe('Đã chặn 14 IP')
    const { content } = await of.mails.source({ params, query: {} })
    expect(Buffer.from(content, 'base64').toString()).toContain('Return-path: <truc@')
    expect(await of.told()).toContain(`mail-answered ${id}`)
    expect(await received()).toHaveLength(1)

    await of.write('truc', { ...answer, headers: { 'Auto-Submitted': 'auto-replied' } })
    await of.write('ky-thuat', { subject: 'Máy chủ bị mã hóa', text: 'Xin hỗ trợ' })
    await of.write('ky-thuat', { subject: 'Quá lớn', text: 'x'.repeat(200_000) })
    await expect.poll(async () => (await received()).length, within).toBe(4)
    const kinds = (await received()).map(({ kind, state }) => `${kind} ${state}`)
    expect(kinds.sort()).toEqual([
      'automatic filed',
      'message filed',
      'message unfiled',
      'too-large unfiled',
    ])
    expect((await of.told()).filter((told) => told.startsWith('mail-answered'))).toHaveLength(1)

    const unfiled = (await received()).find(({ subject }) => subject === 'Máy chủ bị mã hóa')
    const place = { params: { id: unfiled?.id ?? '' } }
    expect(await of.mails.file({ ...place, body: { object_id: id } })).toMatchObject({
      state: 'filed',
      object_id: id,
    })
    await expect(of.mails.dismiss({ ...place, body: { reason: 'thư rác' } })).rejects.toThrow(
      /mail.settled/,
    )
  })

  test('a mail to nobody comes back: it is told as returned, and the next contact is written to', async () => {
    await of.contact(of.second, 'duty', of.address('khong-co-ai'))
    await of.contact(of.second, 'technical', of.address('ky-thuat'))
    const { id } = await of.issue(of.second)
    const failed = async () => {
      await of.turn()
      return (
        await of.an
          .api(notificationApi)
          .deliveries({ query: { filter: 'state:failed kind:order-given' } })
      ).items
    }
    await expect.poll(async () => (await failed()).length, within).toBe(1)
    expect(await failed()).toMatchObject([
      { address: of.address('khong-co-ai'), cause: 'bounced', object_id: id },
    ])
    expect((await failed())[0]?.answer).toMatch(/5\.0\.0|550/)
    expect(await of.told()).toContain(`delivery-failed ${id}`)
    const [bounce] = (await of.mails.list({ query: { filter: `kind:bounce object_id:${id}` } }))
      .items
    expect(bounce).toMatchObject({ kind: 'bounce', state: 'filed', object_id: id })
    await expect
      .poll(async () => {
        await of.turn()
        return of.server.mailsOf('ky-thuat')
      }, within)
      .toHaveLength(1)
  })

  test.skipIf(gnupgMissing)(
    'an order and its answer go both ways encrypted and signed',
    async () => {
      await using gpg = await GnuPg.start()
      const node = await of.an.api(mailKeyApi).make({ body: { reason: 'lần đầu' } })
      await gpg.take(node.armoured, node.fingerprint)
      const { fingerprint, armoured } = await gpg.make(of.address('bao-mat'))
      const desk = await of.contact(of.third, 'duty', of.address('bao-mat'), armoured)
      const lying = async () => {
        await of.turn()
        return of.server.mailsOf('bao-mat')
      }
      const opened = async (source: string) => {
        expect(source).toMatch(/Content-Type: multipart\/encrypted/)
        const [message = ''] =
          /-----BEGIN PGP MESSAGE[\s\S]*END PGP MESSAGE-----/.exec(source) ?? []
        const { output, status } = await gpg.opened(message)
        expect(status).toContain(`VALIDSIG ${node.fingerprint}`)
        return output
      }
      // Only the link that comes by mail proves that who reads it has the key.
      await of.ask(of.third, desk.id)
      await expect.poll(async () => (await lying()).length, within).toBe(1)
      const [asking = ''] = await lying()
      const { text: question } = await readMail(await opened(asking))
      const token = /verify-contact#(\S+)/.exec(question)?.[1] ?? ''
      await createClient(contactVerificationApi, of.local).answer({ body: { token } })

      const { id, title } = await of.issue(of.third, 'red')
      await expect.poll(async () => (await lying()).length, within).toBe(2)
      const source = (await lying()).find((one) => one !== asking) ?? ''
      expect(source).not.toContain(title)
      const output = await opened(source)
      const inside = await readMail(output)
      expect(inside.subject).toContain(title)
      expect(inside.text).toContain('https://soc.example/')

      const text = 'Content-Type: text/plain; charset=utf-8\r\n\r\nĐã chặn 14 IP'
      const headers = [
        `From: Trực <${of.address('bao-mat')}>`,
        `To: ${of.address('nut')}`,
        'Subject: ...',
        `In-Reply-To: <${(await readMail(Buffer.from(source))).messageId}>`,
      ]
      const raw = sealedMail(headers, await gpg.sealed(text, node.fingerprint, fingerprint))
      const envelope = { from: of.address('bao-mat'), to: of.address('nut') }
      await of.write('bao-mat', { raw, envelope })
      const received = async () => {
        await of.turn()
        return (await of.mails.list({ query: { filter: `kind:message object_id:${id}` } })).items
      }
      await expect.poll(async () => (await received()).length, within).toBe(1)
      const [mail] = await received()
      expect(mail).toMatchObject({
        state: 'filed',
        encryption: 'opened',
        signature: 'valid',
        signer: fingerprint,
      })
      const params = { id: mail?.id ?? '' }
      expect((await of.mails.get({ params })).text.trim()).toBe('Đã chặn 14 IP')
      const form = async (form: 'came' | 'opened') =>
        Buffer.from(
          (await of.mails.source({ params, query: { form } })).content,
          'base64',
        ).toString()
      expect(await form('came')).toContain('BEGIN PGP MESSAGE')
      expect(await form('opened')).toContain('Đã chặn 14 IP')
    },
  )
})
