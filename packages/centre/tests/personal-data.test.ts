import { contactApi } from '@haidang/contracts/contact-point'
import { invitationApi } from '@haidang/contracts/invitation-api'
import { staysOnRedaction } from '@haidang/contracts/person-redaction'
import { personalDataRegister } from '@haidang/contracts/personal-data'
import { personalDataApi } from '@haidang/contracts/personal-data-api'
import { type PersonalClass, shippedPersonalRules } from '@haidang/contracts/personal-retention'
import { expect, test } from 'vitest'
import { redactionPlaces } from '../src/modules/personal-data/redaction-places.ts'
import { password, whoNode } from './who-node.ts'

type Node = Awaited<ReturnType<typeof whoNode>>
const refused = (code: string) => expect.objectContaining({ code })
const day = 86_400_000

async function standing() {
  const node = await whoNode()
  const { organisation_id } = await node.setUp()
  const { cookie, me } = await node.signIn('quan-tri@tt.example')
  const admin = { cookie }
  const person = await addPerson(node, organisation_id, 'Nguyễn Thị Ánh', 'anh@tt.example')
  return { node, organisation_id, admin, me, person, api: node.client(personalDataApi, admin) }
}

function addPerson(node: Node, organisation_id: string, name: string, email: string) {
  return node.people(node.local).create({
    body: { organisation_id, name, email, role_id: 'analyst', language: 'vi', password },
  })
}

async function journalled(node: Node, type: string) {
  const { rows } = await node.database.asOwner(
    `select after::text as after, reason, authority from journal where type = $1 order by seq`,
    [type],
  )
  return rows
}

test('a disabled account loses name, e-mail, password and sessions; who did what stays', async () => {
  await using at = await standing().then(disposing)
  const { node, organisation_id, admin, person, api } = at
  const { cookie } = await node.signIn('anh@tt.example')
  const invited = node.client(invitationApi, admin)
  await invited.create({
    body: {
      organisation_id,
      email: 'ANH2@tt.example',
      name: 'Ánh',
      role_id: 'analyst',
      language: 'vi',
    },
  })
  const contact = { phone: '+84 24 3000 0000', email: 'anh@tt.example', position: '' }
  const contacts = node.client(contactApi, admin)
  const of = { params: { id: organisation_id } }
  for (const name of ['Nguyễn Thị Ánh', 'Trực ban'])
    await contacts.add({ ...of, body: { ...contact, name, purpose: 'technical' } })
  const params = { id: person.id }

  await expect(api.redact({ params, body: { reason: 'theo yêu cầu' } })).rejects.toThrow(
    refused('person.still-enabled'),
  )
  await node.people(admin).update({ params, body: { disabled: true } })
  const preview = await api.redactionPreview({ params })
  const rows = (from: typeof preview) =>
    Object.fromEntries(from.places.map((place) => [place.table, place.rows]))
  expect(rows(preview)).toMatchObject({
    person: 1,
    'auth.user': 1,
    contact_point: 1,
    invitation: 0,
  })
  const done = await api.redact({ params, body: { reason: 'theo yêu cầu' } })
  expect(rows(done)).toEqual(rows(preview))
  expect(done.stays).toContainEqual({ entry: 'acts', rows: expect.any(Number) })

  const { items } = await node.people(admin).list({ query: {} })
  const gone = items.find(({ id }) => id === person.id)
  expect(gone).toMatchObject({ name: done.name, email: `${person.id}@redacted.invalid` })
  await expect(node.signIn('anh@tt.example')).rejects.toThrow()
  await expect(node.session({ cookie }).read({})).rejects.toThrow()
  // A mailbox of a team is not the person's: the other name stays.
  const left = await contacts.list({ ...of, query: {} })
  expect(left.items.map(({ name }) => name)).toEqual(['Trực ban'])

  const told = await journalled(node, 'person.redacted')
  expect(told).toHaveLength(1)
  expect(JSON.stringify(told)).not.toMatch(/Ánh|anh@/)
  expect((await node.journal.verify()).intact).toBe(true)

  // Again changes nothing, and nobody brings the account back.
  await api.redact({ params, body: { reason: 'lần nữa' } })
  expect(await journalled(node, 'person.redacted')).toHaveLength(1)
  await expect(node.people(admin).update({ params, body: { disabled: false } })).rejects.toThrow(
    refused('person.redacted'),
  )
}, 60_000)

test('nobody redacts themselves; keys they made open nothing afterwards', async () => {
  await using at = await standing().then(disposing)
  const { node, organisation_id, admin, me, api } = at
  await expect(api.redactionPreview({ params: { id: me.person.id } })).rejects.toThrow(
    refused('person.own-redaction'),
  )
  const second = await addPerson(node, organisation_id, 'Bình', 'binh@tt.example')
  const params = { id: second.id }
  await node.people(node.local).update({ params, body: { role_id: 'administrator' } })
  const { cookie } = await node.signIn('binh@tt.example')
  const { secret } = await node.keysOf({ cookie }).create({
    body: { organisation_id, role_id: 'analyst', name: 'kịch bản', scopes: null },
  } as never)
  const bearer = { authorization: `Bearer ${secret}` }
  await node.people(bearer).list({ query: {} })
  await node.people(admin).update({ params, body: { disabled: true } })
  await api.redact({ params, body: { reason: 'nghỉ việc' } })
  await expect(node.people(bearer).list({ query: {} })).rejects.toThrow()
}, 60_000)

test('what is beyond its period ends, once, with counts and no value in the journal', async () => {
  await using at = await standing().then(disposing)
  const { node, organisation_id, admin, person } = at
  await node.client(invitationApi, admin).create({
    body: {
      organisation_id,
      email: 'moi@tt.example',
      name: 'Người Mới',
      role_id: 'analyst',
      language: 'vi',
    },
  })
  await node.people(admin).update({ params: { id: person.id }, body: { disabled: true } })
  await node.personalRetention.run()
  expect(await journalled(node, 'personal-data.ended')).toEqual([])

  node.clock.advance(800 * day)
  const api = node.client(personalDataApi, node.local)
  const before = await api.retention({})
  const due = (name: PersonalClass) => before.holdings.find((one) => one.class === name)?.due
  expect([due('invitations'), due('disabled-accounts')]).toEqual([1, 1])
  await node.personalRetention.run()
  await node.personalRetention.run()
  const told = await journalled(node, 'personal-data.ended')
  expect(told).toHaveLength(1)
  expect(JSON.parse(String(told[0]?.['after']))).toMatchObject({
    rows: { invitations: 1, 'disabled-accounts': 1 },
  })
  expect(JSON.stringify(told)).not.toMatch(/Mới|Ánh|@tt/)
  const after = await api.retention({})
  expect(after.holdings.map((one) => one.due)).toEqual(after.holdings.map(() => 0))
  expect(after.last_run_at).toBe(node.clock.iso())
  expect(after.next_run_at > node.clock.iso()).toBe(true)
}, 60_000)

test('periods are changed with a reason, previewed before, numbered, and stand in the journal', async () => {
  await using at = await standing().then(disposing)
  const { node, admin, person, api } = at
  await node.people(admin).update({ params: { id: person.id }, body: { disabled: true } })
  node.clock.advance(3 * day)
  const local = node.client(personalDataApi, node.local)
  const rules = shippedPersonalRules.map((rule) =>
    rule.class === 'disabled-accounts' ? { ...rule, period: 'P2D', clause: 'QĐ 12' } : rule,
  )
  const due = ({ holdings }: Awaited<ReturnType<typeof api.preview>>) =>
    holdings.find((one) => one.class === 'disabled-accounts')?.due
  expect(due(await local.retention({}))).toBe(0)
  expect(due(await local.preview({ body: { rules } }))).toBe(1)
  const body = { rules, reason: 'quyết định nội bộ', based_on: 0 }
  expect(await local.change({ body })).toMatchObject({ version: 1, rules })
  await expect(local.change({ body })).rejects.toThrow(
    refused('personal-retention.changed-meanwhile'),
  )
  const { items } = await local.versions({ query: {} })
  expect(items.map(({ version, reason }) => [version, reason])).toEqual([[1, 'quyết định nội bộ']])
  expect(await journalled(node, 'personal-retention.changed')).toHaveLength(1)
  for (const period of ['PT1H', 'P9000D', 'ba ngày']) {
    const wrong = rules.map((rule) => ({ ...rule, period }))
    await expect(local.preview({ body: { rules: wrong } })).rejects.toThrow(
      refused('request.invalid'),
    )
  }
}, 60_000)

test('the register is handed out as a sheet in the reader’s language', async () => {
  await using at = await standing().then(disposing)
  const reply = await at.node.send(
    'GET',
    '/api/v1/personal-data/register?format=csv',
    undefined,
    at.admin,
  )
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['content-type']).toContain('text/csv')
  expect(reply.body.split('\r\n')[0]).toContain('Mục đích')
  expect(reply.body).toContain('auth.session.ip_address')
}, 60_000)

test('every processing of the register is redacted with a person, or says why it stays', () => {
  const treated = new Set([
    ...redactionPlaces.map(({ entry }) => entry),
    ...Object.keys(staysOnRedaction),
  ])
  expect(personalDataRegister.map(({ id }) => id).filter((id) => !treated.has(id))).toEqual([])
})

/** Ends the node with the test. */
function disposing<T extends { readonly node: Node }>(of: T) {
  return { ...of, [Symbol.asyncDispose]: () => of.node[Symbol.asyncDispose]() }
}
