import { type Client, createClient } from '@haidang/contracts/client'
import { contactApi } from '@haidang/contracts/contact-point'
import { incidentReportApi } from '@haidang/contracts/incident-report-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { receivedMailApi } from '@haidang/contracts/received-mail-api'
import { systemScope } from '@haidang/runtime/database/database'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ReceivedMailStore } from '../src/modules/received-mails/received-mail-store.ts'
import { standingNode } from './access-ground.ts'
import { keyFor, senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'

let node: CentreNode
let count = 0

beforeAll(async () => {
  node = await standingNode()
})
afterAll(() => node[Symbol.asyncDispose]())

const local = <A extends Parameters<typeof createClient>[0]>(api: A): Client<A> =>
  createClient(api, senderOf(node, localToken))

/** An organisation with somebody to reach. */
async function member() {
  const code = `BC.${count++}`
  const { id } = await local(organisationApi).create({
    body: { code, name: `Sở Ví dụ ${count}`, kind: 'province', address: '1 phố Ví Dụ' },
  })
  await local(contactApi).add({
    params: { id },
    body: { purpose: 'duty', name: 'Trực ban', phone: '024 3943 0000', email: 'truc@so.example' },
  })
  return { id }
}

/** A mail in the mailbox of the node that nobody knew a place for. */
async function mailFrom(from_address: string, n: number) {
  const id = `rml_0198a7c2-0000-7000-8000-00000000000${n}`
  await node.database.transact(systemScope, async (tx) => {
    const home = await node.organisations.home(tx)
    await new ReceivedMailStore().add(tx, {
      id,
      from_address,
      organisation_id: home?.id ?? '',
      once: id,
      message_id: `<${id}@x.example>`,
      from_name: 'Trực ban',
      subject: 'Máy chủ thư bị mã hóa',
      body: 'Toàn bộ tệp bị đổi đuôi',
      recipients: [],
      files: [],
      kind: 'message',
      state: 'unfiled',
      tlp_rank: 2,
      size: 10,
      sha256: 'a'.repeat(64),
      opened_sha256: '',
      encryption: 'none',
      signature: 'none',
      signer: '',
      object_id: '',
      delivery_id: '',
      sent_at: '2026-11-22T01:00:00.000Z',
      received_at: '2026-11-22T01:01:00.000Z',
      settled_by: '',
      settled_at: null,
      settled_reason: '',
    })
  })
  return { id }
}
/** Who was told that a report was received. */
const toldOf = async (id: string) =>
  (
    await node.database.asOwner(
      "select person_id, contact_id, organisation_id from notification where object_id = $1 and kind = 'report-received'",
      [id],
    )
  ).rows

test('a mail of a known contact becomes a report of their organisation once, with the mail beside it', async () => {
  const [one, other] = [await member(), await member()]
  const address = `truc${one.id.slice(-12)}@so.example`
  const point = { purpose: 'technical' as const, name: 'Lê Văn Trực', phone: '', email: address }
  await local(contactApi).add({ params: { id: one.id }, body: point })
  const mails = local(receivedMailApi)
  const params = await mailFrom(address.toUpperCase(), 1)
  const mail = await mails.get({ params })
  expect(mail.senders.map(({ organisation_id }) => organisation_id)).toEqual([one.id])
  const body = { organisation_id: one.id, description: mail.text, addresses: ['192.0.2.77'] }
  await expect(
    mails.report({ params, body: { ...body, organisation_id: other.id } }),
  ).rejects.toThrow('mail.sender-unknown')
  const own = createClient(
    receivedMailApi,
    senderOf(node, await keyFor(node, one.id, 'focal-point')),
  )
  await expect(own.report({ params, body })).rejects.toThrow('permission.missing')
  const report = await mails.report({ params, body })
  expect(report).toMatchObject({
    channel: 'mail',
    state: 'received',
    organisation_id: one.id,
    sender: { email: address.toUpperCase() },
    detected_at: '2026-11-22T01:00:00.000Z',
  })
  expect(await mails.get({ params })).toMatchObject({ state: 'filed', object_id: report.id })
  await expect(mails.report({ params, body })).rejects.toThrow('mail.settled')
  await vi.waitFor(async () => expect(await toldOf(report.id)).toHaveLength(1))
  expect(await toldOf(report.id)).toMatchObject([
    { organisation_id: one.id, contact_id: expect.stringMatching(/^cpt_/) },
  ])
  const later = await mailFrom(address, 2)
  await mails.file({ params: later, body: { object_id: report.id } })
  expect((await mails.get({ params: later })).object_id).toBe(report.id)
})

test('who reports by telephone or system is told once that it was received; an address nobody named is not written to', async () => {
  const one = await member()
  const own = senderOf(node, await keyFor(node, one.id, 'focal-point'))
  const sender = { name: 'Người gọi', email: 'nguoi-la@khac.example' }
  const said = { organisation_id: one.id, description: 'Máy chủ thư gửi thư rác', sender }
  const byPhone = await local(incidentReportApi).report({ body: { ...said, channel: 'telephone' } })
  const byApi = await createClient(incidentReportApi, own).report({
    body: { ...said, channel: 'api' },
  })
  for (const { id } of [byPhone, byApi]) {
    await vi.waitFor(async () => expect(await toldOf(id)).toHaveLength(1))
    expect((await toldOf(id))[0]).toMatchObject({
      organisation_id: one.id,
      contact_id: expect.any(String),
    })
  }
})
