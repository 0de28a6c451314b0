import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import type { LyingMail, Mailbox } from '@haidang/runtime/mail/mailbox'
import { Metrics } from '@haidang/runtime/metrics'
import { Problem } from '@haidang/runtime/problem'
import { silentLog } from '@haidang/runtime/silent-log'
import { expect, test, vi } from 'vitest'
import { createMailKeys } from '../src/mail-keys.ts'
import { MailboxReader } from '../src/modules/received-mails/mailbox-reader.ts'
import { ReceivedMailStore } from '../src/modules/received-mails/received-mail-store.ts'
import { MemoryBlobs } from './memory-blobs.ts'
import { whoNode } from './who-node.ts'

const signed = [
  'From: truc@tt.example',
  'Subject: Báo cáo',
  'MIME-Version: 1.0',
  'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary="s"',
  '',
  '--s',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Đã chặn 14 IP',
  '--s',
  'Content-Type: application/pgp-signature',
  '',
  'nothing',
  '--s--',
  '',
].join('\r\n')

/** A mailbox with one mail in it, and what the node keeps of it. */
async function mailboxNode(mail: string, isWhole = true) {
  const continued: string[] = []
  const node = await whoNode()
  await node.setUp()
  const { database, clock } = node
  const newId = idsFrom(clock)
  const mailKeys = await createMailKeys({ ...node, node: { dataDirectory: node.dataDirectory } })
  const store = new ReceivedMailStore()
  const bytes = Buffer.from(mail)
  const lying: LyingMail = {
    bytes,
    isWhole,
    size: bytes.length,
    position: { validity: '1', uid: 7 },
  }
  const mailbox: Mailbox = {
    async read(after, _most, take) {
      if (after?.uid === 7) return 0
      await take(lying)
      return 1
    },
  }
  const reader = new MailboxReader({
    database,
    store,
    clock,
    blobs: new MemoryBlobs(),
    newId,
    mailbox,
    journal: createJournal({ database, clock, newId }),
    log: silentLog,
    opener: mailKeys.opener,
    name: 'thử',
    home: (tx) => node.organisations.home(tx),
    isKnown: async () => true,
    sentMail: async () => undefined,
    returned: async () => undefined,
    answered: async () => undefined,
    continued: async (_, { object_id }) => {
      continued.push(object_id)
    },
    kinds: new Metrics({ process: false }).counter('mails', 'mails', ['kind']),
  })
  return {
    reader,
    store,
    database,
    continued,
    mailKeys,
    kept: async () =>
      (await database.transact(systemScope, (tx) => store.list(tx, { limit: 10 }))).items,
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  }
}

test('a mail whose keys cannot be asked for now is read again, not given up', async () => {
  await using of = await mailboxNode(signed)
  vi.spyOn(of.mailKeys.keys, 'openers').mockRejectedValueOnce(new Problem('database.unavailable'))
  await expect(of.reader.turn()).rejects.toThrow(/database|answer/)
  expect(await of.kept()).toEqual([])
  expect(await of.reader.turn()).toBe(1)
  expect(await of.kept()).toMatchObject([{ kind: 'message', signature: 'bad' }])
})

test('a mail that the database was too busy to keep is kept as it was read', async () => {
  await using of = await mailboxNode(signed)
  vi.spyOn(of.store, 'add').mockRejectedValueOnce(new Problem('database.busy'))
  await expect(of.reader.turn()).rejects.toThrow()
  expect(await of.reader.turn()).toBe(1)
  expect(await of.kept()).toMatchObject([{ kind: 'message', from_address: 'truc@tt.example' }])
})

test('a mail that can never be kept as it says is kept as it came, and holds up nobody', async () => {
  await using of = await mailboxNode(signed)
  vi.spyOn(of.store, 'add').mockRejectedValueOnce(new Error('22P05'))
  expect(await of.reader.turn()).toBe(1)
  expect(await of.kept()).toMatchObject([{ kind: 'unreadable' }])
})

test('a signature of which only the headers were fetched is not called wrong', async () => {
  await using of = await mailboxNode(signed.slice(0, signed.indexOf('--s')), false)
  expect(await of.reader.turn()).toBe(1)
  expect(await of.kept()).toMatchObject([{ kind: 'too-large', signature: 'none' }])
})

const first = {
  id: 'rml_first',
  once: 'first',
  message_id: 'first@tt.example',
  from_name: '',
  from_address: 'Truc@tt.example',
  subject: 'Máy chủ bị mã hóa',
  body: '',
  recipients: [],
  files: [],
  kind: 'message',
  state: 'filed',
  tlp_rank: 3,
  size: 1,
  sha256: '',
  opened_sha256: '',
  encryption: 'none',
  signature: 'none',
  signer: '',
  object_id: 'irp_01',
  delivery_id: '',
  sent_at: null,
  received_at: '2024-01-01T00:00:00.000Z',
  settled_by: '',
  settled_at: null,
  settled_reason: '',
} as const
const further = (from: string) =>
  `From: ${from}\r\nSubject: Re\r\nIn-Reply-To: <first@tt.example>\r\n\r\nThêm nhật ký\r\n`

test.each([
  [
    'the same sender',
    'truc@tt.example',
    { state: 'filed', object_id: 'irp_01', tlp: 'amber+strict' },
  ],
  ['somebody else', 'la@khac.example', { state: 'unfiled', object_id: '', tlp: 'amber' }],
])(
  'a further mail of a thread that is a report goes to the report, from %s',
  async (_, from, put) => {
    await using of = await mailboxNode(further(from))
    await of.database.transact(systemScope, async (tx) => {
      const { rows } = await tx.execute<{ id: string }>('select id from organisation limit 1')
      const organisation_id = rows[0]?.id ?? ''
      const { received_at } = first
      await of.store.add(tx, { ...first, organisation_id })
      await of.store.add(tx, { ...first, organisation_id, id: 'rml_x', once: 'x', object_id: '' })
      await of.store.removeBefore(tx, '2025-01-01T00:00:00.000Z')
      expect((await of.store.list(tx, { limit: 10 })).items).toMatchObject([
        { id: 'rml_first', received_at },
      ])
    })
    await of.reader.turn()
    expect((await of.kept())[0]).toMatchObject(put)
    expect(of.continued).toEqual(put.object_id ? ['irp_01'] : [])
  },
)
