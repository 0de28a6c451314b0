import { contactApi } from '@haidang/contracts/contact-point'
import { systemScope } from '@haidang/runtime/database/database'
import { pgpMime } from '@haidang/runtime/mail/pgp-mime'
import { readMail } from '@haidang/runtime/mail/read-mail'
import { sql } from 'drizzle-orm'
import { readKey } from 'openpgp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GnuPg, gnupgMissing, sealedMail, signedMail } from './gnupg.ts'
import { deliveries, mailing } from './mailing.ts'

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
  await contact(sender, armoured)
  // GnuPG goes by the clock of the machine: a key is not used before it was made.
  node.clock.advance(Date.now() - node.clock.now())
  return {
    ...of,
    gpg,
    make,
    first,
    contact,
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
      tx.execute(sql`update contact_point set openpgp = ${ring.armoured}
        where email = 'cu@tt.example'`),
    )
    const late = await of.gpg.signature(part, ring.fingerprint, '20200101T010000')
    expect(await judged(signedMail(old, part, late))).toBe('expired')
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
