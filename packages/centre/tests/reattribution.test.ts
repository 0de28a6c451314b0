import { alertApi } from '@haidang/contracts/alert-api'
import { attributionApi } from '@haidang/contracts/attribution'
import { createClient } from '@haidang/contracts/client'
import { incidentApi } from '@haidang/contracts/incident-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { systemApi } from '@haidang/contracts/system-api'
import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addEverything, everything, keyFor, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'
import { alertOf } from './doing.ts'
import { HandJobs } from './hand-jobs.ts'

let node: CentreNode
let local: Reader
let provider: Reader
let ministry: Reader
let province: Reader

type Reader = ReturnType<typeof readerFor>

beforeAll(async () => {
  node = await centreNode(undefined, new HandJobs())
  await addEverything(node)
  local = readerFor(localToken, '')
  provider = await reader('ISP.VD', 'Nhà mạng Ví dụ')
  ministry = await reader('BO.VD', 'Bộ Ví dụ')
  province = await reader('TINH.VD', 'Tỉnh Ví dụ')
})
afterAll(() => node[Symbol.asyncDispose]())

function readerFor(secret: string, organisation: string) {
  const send = senderOf(node, secret)
  return {
    organisation,
    alerts: createClient(alertApi, send),
    incidents: createClient(incidentApi, send),
    systems: createClient(systemApi, send),
    attribution: createClient(attributionApi, send),
  }
}

async function reader(code: string, name: string): Promise<Reader> {
  const made = await createClient(organisationApi, senderOf(node, localToken)).create({
    body: { code, name, kind: 'ministry' },
  })
  return readerFor(await keyFor(node, made.id, everything), made.id)
}

let count = 0
/** Alerts of the provider's station about an address, at these times. */
async function sensed(entity: string, times: readonly string[], more: object = {}) {
  const alerts = times.map((time) => {
    count += 1
    const own = { organisation_id: provider.organisation, node_id: 'nod_isp', entity, time }
    return alertOf(count, { ...own, ...more })
  })
  const origin = {
    node_id: 'nod_isp',
    organisation_id: provider.organisation,
    station_id: null,
  }
  await node.database.transact(systemScope, (tx) =>
    node.receive(tx, origin, writtenTogether(alerts)),
  )
  return alerts.map(({ id }) => id)
}

async function system({ organisation }: Reader, code: string) {
  const body = { organisation_id: organisation, code, name: `Hệ thống ${code}` }
  return { id: (await local.systems.create({ body })).id }
}

const seenBy = async ({ alerts }: Reader, entity: string) =>
  (await alerts.list({ query: { filter: `entity:${entity}` } })).items
    .map(({ id }) => id)
    .toSorted()

const [lastMonth, yesterday] = ['2026-10-10T03:00:00.000Z', '2026-11-21T03:00:00.000Z'] as const
const from = { valid_from: '2026-11-20', valid_to: null, note: '' }

test('a change of ranges moves what was seen since its first day, with history, and nothing before', async () => {
  const entity = '203.0.113.7'
  const [old, fresh] = await sensed(entity, [lastMonth, yesterday])
  const params = await system(ministry, 'M.1')
  const ranges = [{ text: '203.0.113.0/24', ...from }]
  const preview = await local.attribution.preview({ params, body: { ranges } })
  expect(preview).toMatchObject({ alerts: 1, incidents: 0, whole: true })
  expect(preview.moves).toMatchObject([
    { was: null, is: { system_name: 'Hệ thống M.1', organisation_name: 'Bộ Ví dụ' }, alerts: 1 },
  ])
  expect(await seenBy(ministry, entity)).toEqual([])
  await local.attribution.add({ params, body: { ranges } })
  expect(await seenBy(ministry, entity)).toEqual([fresh])
  expect(await seenBy(provider, entity)).toEqual([old, fresh].toSorted())
  // The whole of it, not only its line of a list; and nobody else's.
  expect(await ministry.alerts.get({ params: { id: fresh ?? '' } })).toMatchObject({ entity })
  expect(await seenBy(province, entity)).toEqual([])

  const [change] = (await ministry.attribution.changes({ query: {} })).items
  expect(change).toMatchObject({
    state: 'done',
    progress: 100,
    alerts: 1,
    ranges: ['203.0.113.0/24'],
  })
  const steps = await ministry.attribution.steps({
    params: { change: change?.id ?? '' },
    query: {},
  })
  expect(steps.items).toMatchObject([
    { kind: 'alert', subject_id: fresh, was: null, is: { range: '203.0.113.0/24' } },
  ])
  const { rows } = await node.database.transact(systemScope, (tx) =>
    tx.execute(sql`select organisation_id, after from journal where type = 'alerts.reattributed'`),
  )
  expect(rows).toEqual([{ organisation_id: provider.organisation, after: { [params.id]: 1 } }])
})

test('what moves to another owner is that one’s to see, and no longer the one’s before', async () => {
  const entity = '198.51.100.7'
  const [id] = await sensed(entity, [yesterday])
  const before = await system(ministry, 'M.2')
  const after = await system(province, 'P.2')
  const text = '198.51.100.0/24'
  const { ranges } = await local.attribution.add({
    params: before,
    body: { ranges: [{ text, ...from }] },
  })
  expect(await seenBy(ministry, entity)).toEqual([id])
  await local.attribution.remove({ params: { ...before, range: ranges[0]?.id ?? '' } })
  expect(await seenBy(ministry, entity)).toEqual([])
  await local.attribution.add({ params: after, body: { ranges: [{ text, ...from }] } })
  expect(await seenBy(province, entity)).toEqual([id])
  expect(await seenBy(ministry, entity)).toEqual([])
  expect(await seenBy(provider, entity)).toEqual([id])
})

test('nobody comes to see what others sensed by claiming their addresses', async () => {
  const entity = '192.0.2.77'
  const [id] = await sensed(entity, [yesterday])
  const params = await system(ministry, 'M.3')
  const { ranges } = await ministry.attribution.add({
    params,
    body: { ranges: [{ text: '192.0.2.0/25', ...from }] },
  })
  expect(ranges).toMatchObject([{ confirmed: false }])
  expect(await seenBy(ministry, entity)).toEqual([])
  const mine = { filter: `owner_id:${ministry.organisation} entity:${entity}` }
  expect((await provider.alerts.list({ query: mine })).items.map((one) => one.id)).toEqual([id])
  const wanted = { params, body: { ranges: ranges.map((range) => range.id) } }
  await expect(ministry.attribution.confirm(wanted)).rejects.toThrow('permission.missing')
  await local.attribution.confirm(wanted)
  expect(await seenBy(ministry, entity)).toEqual([id])
  // Who says it was theirs for longer says something new, which somebody else must confirm again.
  const range = ranges[0]?.id ?? ''
  const longer = { params: { ...params, range }, body: { valid_from: null } }
  expect(await ministry.attribution.change(longer)).toMatchObject({ confirmed: false })
  expect(await seenBy(ministry, entity)).toEqual([])
})

test('what TLP keeps with who sensed it is shown to no owner', async () => {
  const entity = '203.0.113.200'
  await sensed(entity, [yesterday], { tlp: 'amber+strict' })
  await vi.waitFor(async () => {
    expect(
      (
        await local.alerts.list({
          query: { filter: `entity:${entity} owner_id:${ministry.organisation}` },
        })
      ).items,
    ).toHaveLength(1)
  })
  expect(await seenBy(ministry, entity)).toEqual([])
})

test('what is recorded later is attributed when it comes, and an incident follows its alerts', async () => {
  const entity = '203.0.113.99'
  const [id] = await sensed(entity, [yesterday])
  await vi.waitFor(async () => expect(await seenBy(ministry, entity)).toEqual([id]))
  const { cluster_id } = await local.alerts.get({ params: { id: id ?? '' } })
  const incident = await provider.incidents.open({
    body: {
      title: 'Dò mật khẩu',
      organisation_id: provider.organisation,
      cluster_ids: [cluster_id ?? ''],
    },
  })
  const read = { params: { id: incident.id } }
  await vi.waitFor(async () => {
    expect(await ministry.incidents.get(read)).toMatchObject({ title: 'Dò mật khẩu' })
  })
  const { items } = await local.systems.list({ query: { filter: 'code:P.2' } })
  const params = { id: items[0]?.id ?? '' }
  const body = { ranges: [{ text: '203.0.113.96/29', ...from }] }
  expect(await local.attribution.preview({ params, body })).toMatchObject({
    alerts: 1,
    incidents: 1,
  })
  await local.attribution.add({ params, body })
  expect(await province.incidents.get(read)).toMatchObject({ title: 'Dò mật khẩu' })
  await expect(ministry.incidents.get(read)).rejects.toThrow('incident.not-found')
  const story = await provider.incidents.timeline({ ...read, query: {} })
  expect(story.items.map(({ kind }) => kind)).toContain('incident.reattributed')
})
