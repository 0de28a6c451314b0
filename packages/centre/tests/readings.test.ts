import { createClient } from '@haidang/contracts/client'
import { sessionListApi } from '@haidang/contracts/factor-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentObservableApi } from '@haidang/contracts/incident-observable-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { orderApi } from '@haidang/contracts/order-api'
import { setupApi } from '@haidang/contracts/person-api'
import { readLogApi } from '@haidang/contracts/read-log-api'
import { systemApi } from '@haidang/contracts/system-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everything, type Holding, hold, keyFor, password, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'

let node: CentreNode
let home: string
let open: Holding
let red: Holding

beforeAll(async () => {
  node = await centreNode()
  const { organisation_id } = await createClient(setupApi, senderOf(node)).complete({
    body: {
      token: (await node.setup.token()) ?? '',
      language: 'vi',
      node_name: 'Trung tâm',
      organisation: { code: 'TT', name: 'Trung tâm', kind: 'national_centre' },
      administrator: { name: 'Quản trị', email: 'a@tt.example', password },
    },
  })
  home = organisation_id
  await node.database.asOwner(
    `insert into role (id, name_vi, name_en, clearance, scope, permissions) values
     ($1, 'x', 'x', 'red', 'organisation', (select permissions from role where id = 'administrator')),
     ('blind', 'x', 'x', 'amber', 'organisation', (select permissions from role where id = 'administrator')) `,
    [everything],
  )
  open = await hold(node, 1, { tlp: 'amber' })
  red = await hold(node, 2, { tlp: 'red' })
}, 120_000)
afterAll(() => node[Symbol.asyncDispose]())

const readings = (secret: string, filter: string) =>
  createClient(readLogApi, senderOf(node, secret)).list({ query: { filter } })
const incidents = (secret: string) => createClient(incidentApi, senderOf(node, secret))
const countOf = async (subject: string) =>
  (await readings(localToken, `subject:${subject}`)).items.length

test('who reads a restricted incident stands in the journal, with address and route; of others nothing does', async () => {
  const secret = await keyFor(node, home, 'coordinator')
  await incidents(secret).get({ params: { id: red.incident } })
  await incidents(secret).get({ params: { id: open.incident } })
  const { items } = await readings(localToken, `subject:${red.incident}`)
  // Laying the ground read what was seen in it.
  expect(items.filter(({ route }) => !route.endsWith('/observables'))).toEqual([
    expect.objectContaining({
      actor_name: 'coordinator',
      organisation_name: 'Trung tâm',
      address: '127.0.0.1',
      route: 'GET /api/v1/incidents/:id',
    }),
  ])
  expect(await countOf(open.incident)).toBe(0)
  const journal = createClient(journalApi, senderOf(node, localToken))
  const found = await journal.list({
    query: { filter: `type:object.read subject:${red.incident}` },
  })
  expect(found.items[0]).toMatchObject({
    organisation_id: red.organisation,
    tlp_rank: 4,
    authority: 'incident.read',
    related: [home],
  })
  expect(await journal.verify({ body: {} })).toMatchObject({ report: { intact: true } })
  const told = await incidents(secret).timeline({ params: { id: red.incident }, query: {} })
  expect(told.items.map(({ kind }) => kind)).not.toContain('object.read')
})

test('every kind is written down whatever way it is read', async () => {
  const send = senderOf(node, await keyFor(node, home, 'administrator'))
  await createClient(orderApi, send).get({ params: { id: red.order } })
  const file = { id: open.order, file: open.evidence }
  await createClient(orderApi, send).evidence({ params: file })
  await createClient(systemApi, send).get({ params: { id: red.system } })
  await createClient(sessionListApi, send).ofPerson({ params: { id: open.person } })
  const headers = { authorization: `Bearer ${localToken}` }
  for (const url of [
    '/api/v1/system-export?format=csv',
    '/api/v1/estate-export?format=csv',
    '/api/v1/organisation-export?format=csv',
  ]) {
    expect((await node.http.inject({ url, headers })).statusCode).toBe(200)
  }
  for (const subject of [red.order, open.evidence, red.system, open.person, 'systems', 'estate']) {
    expect(await countOf(subject), subject).toBe(1)
  }
  expect(await countOf('organisations')).toBe(1)
})

test('looks of one reader at one object are one within a quarter of an hour, also many at once', async () => {
  const secret = await keyFor(node, home, 'leader')
  const before = await countOf(red.incident)
  const look = () => incidents(secret).get({ params: { id: red.incident } })
  await Promise.all([look(), look(), look(), look()])
  await incidents(secret).timeline({ params: { id: red.incident }, query: {} })
  expect(await countOf(red.incident)).toBe(before + 1)
  await node.database.asOwner(
    "update journal set time = time - interval '16 minutes' where type = 'object.read'",
  )
  await look()
  expect(await countOf(red.incident)).toBe(before + 2)
})

test('observables of a restricted incident, listed or as a sheet, are a look at it', async () => {
  const send = senderOf(node, await keyFor(node, home, 'analyst'))
  const { list, export: sheet } = createClient(incidentObservableApi, send)
  const params = { id: red.otherIncident }
  const before = await countOf(red.otherIncident)
  await list({ params, query: {} })
  expect(await countOf(red.otherIncident)).toBe(before + 1)
  await node.database.asOwner(
    "update journal set time = time - interval '16 minutes' where type = 'object.read'",
  )
  await sheet({ params, query: { format: 'csv' } }).catch(() => undefined)
  expect(await countOf(red.otherIncident)).toBe(before + 2)
})

test('what is refused is no look', async () => {
  const foreign = await keyFor(node, open.organisation, everything)
  const before = await countOf(red.incident)
  await expect(incidents(foreign).get({ params: { id: red.incident } })).rejects.toThrow(
    'incident.not-found',
  )
  await expect(
    incidents('hdl_nobody-at-all-in-this-node').get({ params: { id: red.incident } }),
  ).rejects.toThrow('session.required')
  expect(await countOf(red.incident)).toBe(before)
})

test('where the look cannot be written nothing is shown, neither object nor file', async () => {
  const headers = { authorization: `Bearer ${await keyFor(node, home, 'administrator')}` }
  await node.database.asOwner(
    "alter table journal add constraint no_looks check (type <> 'object.read') not valid",
  )
  try {
    for (const url of [`/api/v1/incidents/${red.incident}`, '/api/v1/system-export?format=csv']) {
      const answer = await node.http.inject({ url, headers })
      expect(answer.json()).toMatchObject({ status: 500, code: 'internal.failure' })
      expect(answer.headers['content-type']).toContain('problem+json')
      expect(answer.headers).not.toHaveProperty('content-disposition')
    }
  } finally {
    await node.database.asOwner('alter table journal drop constraint no_looks')
  }
  expect(
    (await node.http.inject({ url: `/api/v1/incidents/${red.incident}`, headers })).statusCode,
  ).toBe(200)
})

test('looks are told to the owner of what was looked at, up to its clearance, and to nobody else', async () => {
  const owner = await keyFor(node, red.organisation, everything)
  const seen = (await readings(owner, '')).items
  expect(seen.map(({ subject }) => subject)).toContain(red.incident)
  expect(seen.map(({ subject }) => subject)).not.toContain(open.evidence)
  const blind = await keyFor(node, red.organisation, 'blind')
  expect((await readings(blind, `subject:${red.incident}`)).items).toEqual([])
  const foreign = await keyFor(node, open.organisation, everything)
  expect((await readings(foreign, `subject:${red.incident}`)).items).toEqual([])
  await expect(readings(await keyFor(node, home, 'reader'), '')).rejects.toThrow(
    'permission.missing',
  )
})
