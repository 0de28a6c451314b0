import { contactApi, contactVerificationApi } from '@haidang/contracts/contact-point'
import { systemScope } from '@haidang/runtime/database/database'
import { pgpMime } from '@haidang/runtime/mail/pgp-mime'
import { readMail } from '@haidang/runtime/mail/read-mail'
import { sql } from 'drizzle-orm'
import { readKey } from 'openpgp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GnuPg, gnupgMissing, sealedMail, signedMail } from './gnupg.ts'
import { deliveries, linked, mailing } from './mailing.ts'

const sender = 'truc@tt.example'
const headers = [`From: Trực <${sender}>`, 'To: nut@soc.example', 'Message-ID: <a@tt.example>']
const text = 'Content-Type: text/plain; charset=utf-8\r\n\r\nĐã chặn 14 IP'

/** A node with a key, a duty desk with a key made by GnuPG, and the key ring of that desk. */
async function stage() {
  const of = await mailing()
  const gpg = await GnuPg.start()
  const { node, mailKeys } = of
  const caller = { scope: { ...systemScope, actor: { id: 'usr_a', name: 'An' } } } as never
  const make = (revoke = false) => mailKeys.keys.make(caller, { reason: 'thử', revoke })
  const first = await make()
  await gpg.take(first.armoured, first.fingerprint)
  const { fingerprint, armoured } = await gpg.make(sender)
  const contacts = node.client(contactApi, node.local)
  const params = { id: of.organisation_id }
  const contact = (email: string, openpgp: string) =>
    contacts.add({ params, body: { purpose: 'duty', name: 'Tổ trực', email, openpgp } })
  const asked = async ({ id, email }: { readonly id: string; readonly email: string }) => {
    const { path } = await contacts.ask({ params: { ...params, contact: id } })
    await of.dispatch.turn()
    const mailed = linked(of.sink.to(email).at(-1), '/verify-contact')
    return { seen: path.split('#')[1] ?? '', mailed }
  }
  const answer = (token: string) => node.client(contactVerificationApi).answer({ body: { token } })
  const desk = await contact(sender, armoured)
  // GnuPG goes by the clock of the machine: a key is not used before it was made.
  node.clock.advance(Date.now() - node.clock.now())
  await answer((await asked(desk)).mailed)
  return {
    ...of,
    gpg,
    make,
    first,
    contact,
    contacts,
    asked,
    answer,
    own: fingerprint,
    async tell(address: string, tlp_rank: number, once: string) {
      const to = {
        address,
        organisation_id: of.organisation_id,
        person_id: null,
        contact_id: once,
        name: 'Tổ trực',
        language: 'vi' as const,
      }
      const about = {
        once,
        tlp_rank,
        kind: 'station-silent' as const,
        object_id: 'sta_1',
        path: '/stations/sta_1',
        sender_id: null,
        sender_person_id: null,
        facts: () => ({ station: 'Trạm Bí Mật', organisation: 'Trung tâm' }),
      }
      node.clock.advance(1)
      await node.database.transact(systemScope, (tx) =>
        node.outbox.notifications.tell(tx, about, [to]),
      )
      await of.dispatch.turn()
      const [sent] = await deliveries(of)
      return { mail: of.sink.mails.at(-1), sent }
    },
    async opened(mail: string) {
      const bytes = Buffer.from(mail)
      const opened = await mailKeys.opener.open(bytes, await readMail(bytes))
      return {
        ...opened,
        text: opened.bytes ? (await readMail(opened.bytes)).text.trim() : undefined,
      }
    },
    async [Symbol.asyncDispose]() {
      await gpg[Symbol.asyncDispose]()
      await of[Symbol.asyncDispose]()
    },
  }
}

describe.skipIf(gnupgMissing)('OpenPGP with GnuPG', () => {
  let of: Awaited<ReturnType<typeof stage>>

  beforeAll(async () => {
    of = await stage()
  })

  afterAll(() => of[Symbol.asyncDispose]())

  test('whoever has a key gets what only they can read, signed by the node', async () => {
    const { mail, sent } = await of.tell(sender, 4, 'mã hóa')
    expect(sent).toMatchObject({ protection: 'encrypted', key_fingerprint: of.own, state: 'sent' })
    if (!mail?.sealed) throw new Error('the mail is not sealed')
    const { to, subject, text: said, html, sealed } = mail
    const rest = { messageId: '<m@soc.example>', inReplyTo: '<t@soc.example>', references: [] }
    const from = { name: 'Hải Đăng', address: 'nut@soc.example' }
    const letter = { ...rest, from, to, subject, text: said, html, sealed, headers: {} }
    const raw = (await pgpMime(letter)).toString()
    expect(raw).not.toContain('Trạm')
    expect((await readMail(Buffer.from(raw))).subject).toBe('[MÔ PHỎNG] Trạm mất liên lạc')
    const [armoured = ''] = /-----BEGIN PGP MESSAGE[\s\S]*END PGP MESSAGE-----/.exec(raw) ?? []
    const { output, status } = await of.gpg.opened(armoured)
    expect(status).toContain('DECRYPTION_OKAY')
    expect(status).toContain(`VALIDSIG ${of.first.fingerprint}`)
    const inside = await readMail(output)
    expect(inside.subject).toContain('Trạm Bí Mật')
    expect(inside.text).toContain('https://soc.example/stations/sta_1')
  })

  test('without a key, what is restricted is a link alone, and the rest is in the clear', async () => {
    const restricted = await of.tell('khac@tt.example', 3, 'hạn chế')
    expect(restricted.sent).toMatchObject({ protection: 'link-only', key_fingerprint: '' })
    expect(`${restricted.mail?.subject} ${restricted.mail?.text}`).not.toContain('Bí Mật')
    const open = await of.tell('khac@tt.example', 2, 'thường')
    expect(open.sent?.protection).toBe('clear')
    expect(open.mail?.text).toContain('Bí Mật')
  })

  test('a key that is over leads to a link and says why, never to a mail in the clear', async () => {
    await of.contact('cu@tt.example', (await of.gpg.make('cu@tt.example')).armoured)
    const over = await of.gpg.make('het@tt.example', { from: '20200101T000000', days: 1 })
    await expect(of.contact('het@tt.example', over.armoured)).rejects.toThrow(/expired/)
    await of.node.database.transact(systemScope, (tx) =>
      tx.execute(sql`update contact_point set openpgp = ${over.armoured}
        where email = 'cu@tt.example'`),
    )
    const { mail, sent } = await of.tell('cu@tt.example', 0, 'hết hạn')
    expect(sent).toMatchObject({ protection: 'link-only', answer: 'Primary key is expired' })
    expect(mail?.text).not.toContain('Bí Mật')
    expect(mail?.text).toContain('khóa OpenPGP')
  })

  test('what GnuPG encrypts to the node and signs is opened, and the signature is told', async () => {
    const message = await of.gpg.sealed(text, of.first.fingerprint, of.own)
    expect(await of.opened(sealedMail(headers, message))).toMatchObject({
      encryption: 'opened',
      signature: 'valid',
      signer: of.own,
      text: 'Đã chặn 14 IP',
    })
    const other = headers.with(0, 'From: khac@tt.example')
    expect(await of.opened(sealedMail(other, message))).toMatchObject({
      encryption: 'opened',
      signature: 'unknown',
      signer: '',
    })
    const inline = [...headers, '', message.replaceAll('\n', '\r\n')].join('\r\n')
    expect(await of.opened(inline)).toMatchObject({ encryption: 'opened', signature: 'valid' })
    const foreign = await of.gpg.sealed(text, of.own, of.own)
    expect(await of.opened(sealedMail(headers, foreign))).toMatchObject({
      encryption: 'closed',
      text: undefined,
    })
  })

  test('a signature is judged over what came, by keys of the sender that are still valid', async () => {
    const part = `${text}\r\n`
    const signature = await of.gpg.signature(part, of.own)
    const judged = async (mail: string) => (await of.opened(mail)).signature
    expect(await judged(signedMail(headers, part, signature))).toBe('valid')
    expect(await judged(signedMail(headers, part.replace('14', '41'), signature))).toBe('bad')
    expect(await judged(signedMail(headers, part, 'nothing'))).toBe('bad')
    expect(await judged([...headers, '', 'x'].join('\r\n'))).toBe('none')
    const old = headers.with(0, 'From: cu@tt.example')
    const ring = await of.gpg.make('cu2@tt.example', { from: '20200101T000000', days: 1 })
    await of.node.database.transact(systemScope, (tx) =>
      tx.execute(sql`update contact_point set openpgp = ${ring.armoured}, key_confirmed_at = now()
        where email = 'cu@tt.example'`),
    )
    const late = await of.gpg.signature(part, ring.fingerprint, '20200101T010000')
    expect(await judged(signedMail(old, part, late))).toBe('expired')
  })

  test('a key proves who signed only once its reader confirmed it by the link that none but they saw', async () => {
    const address = 'giam-doc@tt.example'
    const { fingerprint, armoured } = await of.gpg.make(address)
    const added = await of.contact(address, armoured)
    const part = `${text}\r\n`
    const mail = signedMail(
      headers.with(0, `From: ${address}`),
      part,
      await of.gpg.signature(part, fingerprint),
    )
    const judged = async () => (await of.opened(mail)).signature
    expect(await judged()).toBe('unknown')
    const first = await of.asked(added)
    expect(first.seen).not.toBe(first.mailed)
    expect(await of.answer(first.seen)).toEqual({ state: 'verified' })
    expect(await judged()).toBe('unknown')
    const second = await of.asked(added)
    await of.answer(second.mailed)
    expect(await judged()).toBe('valid')
    await expect(of.answer(second.seen)).rejects.toThrow('contact.link-spent')
    const third = await of.asked(added)
    await of.answer(third.seen)
    expect(await judged()).toBe('valid')
    const params = { id: of.organisation_id, contact: added.id }
    await of.contacts.change({ params, body: { name: 'Người khác' } })
    expect(await judged()).toBe('unknown')
  })

  test('only what a signature is over is shown as signed', async () => {
    const part = `${text}\r\n`
    const whole = signedMail(headers, part, await of.gpg.signature(part, of.own))
    const said = async (mail: string) => {
      const { signature, shown } = await of.opened(mail)
      return { signature, text: (await readMail(shown ?? Buffer.from(mail))).text.trim() }
    }
    expect(await said(whole)).toEqual({ signature: 'valid', text: 'Đã chặn 14 IP' })
    const added = '--s\r\nContent-Type: text/plain\r\n\r\nTắt tường lửa\r\n'
    expect(await said(whole.replace('--s--', `${added}--s--`))).toMatchObject({ signature: 'bad' })
    expect(await said(whole.replace('--s\r\n', `${added}--s\r\n`))).toMatchObject({
      signature: 'bad',
    })
    // Of two boundaries one program goes by the first and another by the last.
    const other = '--t\r\nContent-Type: text/plain\r\n\r\nTắt tường lửa\r\n--t--\r\n'
    const doubled = (first: string, last: string) =>
      whole
        .replace('boundary="s"', `boundary="${first}"; boundary="${last}"`)
        .replace('\r\n\r\n--s', `\r\n\r\n${other}--s`)
    for (const mail of [doubled('s', 't'), doubled('t', 's')]) {
      const { signature, text: shown } = await said(mail)
      if (signature === 'valid') expect(shown).toBe('Đã chặn 14 IP')
      else expect(signature).toBe('bad')
    }
  })

  test('a key of the node that cannot be read any more stops no other', async () => {
    const message = await of.gpg.sealed(text, of.first.fingerprint, of.own)
    const second = await of.make()
    await of.node.database.transact(systemScope, (tx) =>
      tx.execute(sql`update mail_key set sealed = 'x' where fingerprint = ${second.fingerprint}`),
    )
    expect(await of.opened(sealedMail(headers, message))).toMatchObject({ encryption: 'opened' })
    // What is wrong with our own key is told of ours, never as a fault of the reader's.
    const { mail, sent } = await of.tell(sender, 4, 'không ký được')
    expect(sent).toMatchObject({ protection: 'encrypted', key_fingerprint: of.own, answer: '' })
    expect(mail?.text).not.toContain('khóa OpenPGP')
    expect(await of.mailKeys.keys.check()).toMatchObject({ state: 'warn' })
    await of.node.database.transact(systemScope, async (tx) => {
      await tx.execute(sql`delete from mail_key where fingerprint = ${second.fingerprint}`)
      await tx.execute(sql`update mail_key set state = 'current'`)
    })
  })

  test('a new key is signed by the one before; a revoked one says so; both still open what was sent to them', async () => {
    const message = await of.gpg.sealed(text, of.first.fingerprint, of.own)
    const second = await of.make()
    const before = await readKey({ armoredKey: of.first.armoured })
    const certified = await (await readKey({ armoredKey: second.armoured })).verifyPrimaryUser([
      before,
    ])
    expect(certified.filter(({ valid }) => valid).map(({ keyID }) => keyID.toHex())).toEqual([
      before.getKeyID().toHex(),
    ])
    await of.make(true)
    const { items } = await of.mailKeys.keys.list()
    expect(items.map(({ state }) => state)).toEqual(['current', 'revoked', 'replaced'])
    const revoked = await readKey({ armoredKey: items[1]?.armoured ?? '' })
    await expect(revoked.verifyPrimaryKey()).rejects.toThrow('revoked')
    expect(await of.opened(sealedMail(headers, message))).toMatchObject({ encryption: 'opened' })
    await expect(of.contact('nut@soc.example', items[1]?.armoured ?? '')).rejects.toThrow(/revoked/)
  })
})
