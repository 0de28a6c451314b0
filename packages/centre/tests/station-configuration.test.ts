import { createClient } from '@haidang/contracts/client'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { setupApi } from '@haidang/contracts/person-api'
import { stationConfigurationApi } from '@haidang/contracts/station-configuration-api'
import type { EnvelopeDraft } from '@haidang/link/envelopes/post'
import { localStation } from '@haidang/link/parent/local-station'
import { isoOf } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { createJournal } from '@haidang/runtime/journal-log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConfigurationDelivery } from '../src/modules/configurations/configuration-delivery.ts'
import { ConfigurationStore } from '../src/modules/configurations/configuration-store.ts'
import { password, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'

type Answered = Parameters<ConfigurationDelivery['fromStation']>[2]

let node: CentreNode
let delivery: ConfigurationDelivery
let first: { id: string; node_id: string; organisation_id: string }
let second: typeof first
const sent: { node: string; draft: EnvelopeDraft }[] = []

beforeAll(async () => {
  node = await centreNode()
  await createClient(setupApi, senderOf(node)).complete({
    body: {
      token: (await node.setup.token()) ?? '',
      language: 'vi',
      node_name: 'Trung tâm',
      organisation: { code: 'TT', name: 'Trung tâm', kind: 'national_centre' },
      administrator: { name: 'A', email: 'a@tt.example', password },
    },
  })
  const home = (await node.home())?.id ?? ''
  delivery = new ConfigurationDelivery({
    database: node.database,
    store: new ConfigurationStore(),
    clock: node.clock,
    simulated: true,
    journal: createJournal(node),
    versions: (tx) => node.rules.book.versions(tx),
    home: async () => home,
    post: {
      configurationToStation: async (_tx, to, draft) => void sent.push({ node: to, draft }),
    },
  })
  first = await addStation('BO')
  second = await addStation('TINH')
}, 60_000)
afterAll(() => node?.[Symbol.asyncDispose]())

const api = () => createClient(stationConfigurationApi, senderOf(node, localToken))

async function addStation(code: string) {
  const made = await createClient(organisationApi, senderOf(node, localToken)).create({
    body: { code, name: code, kind: 'ministry' },
  })
  const child = {
    id: node.newId('node'),
    name: `Trạm ${code}`,
    software: 'test',
    capabilities: [],
    simulated: true,
  }
  const id = node.newId('station')
  const row = localStation(id, child, made.id, node.clock.iso())
  await node.database.transact(systemScope, (tx) =>
    node.parent.stations.add(tx, { ...row, local: false, accepted_fingerprint: `aa:${code}` }),
  )
  return { id, node_id: child.id, organisation_id: made.id }
}

function answer(station: typeof first, number: number, settings: object[]) {
  const envelope = { type: 'configuration.answered', data: { number, settings } } as Answered
  return node.database.transact(systemScope, (tx) =>
    delivery.fromStation(tx, { station_id: station.id }, envelope),
  )
}

async function standing(station: typeof first) {
  const { items } = await delivery.stations({ scope: systemScope } as never, { limit: 10 })
  return items.find(({ station_id }) => station_id === station.id)
}

const everywhere = {
  name: 'Mọi trạm',
  settings: { calendar: [{ profile: 'vn-labour', version: 0 }], heartbeat_seconds: 20 },
}
const faster = () => ({
  name: 'Bộ',
  organisations: [first.organisation_id],
  settings: { heartbeat_seconds: 5 },
})

test('a preview names the stations a plan reaches, by which groups, and what is set there', async () => {
  const plan = { groups: [everywhere, faster()] }
  const { reached, ...counts } = await api().preview({ body: { plan } })
  expect(counts).toEqual({ reached_count: 2, changed_count: 2, stations: 2 })
  expect(reached).toEqual([
    expect.objectContaining({
      station_id: first.id,
      organisation_name: 'BO',
      groups: ['Mọi trạm', 'Bộ'],
      settings: { ...everywhere.settings, heartbeat_seconds: 5 },
    }),
    expect.objectContaining({ station_id: second.id, settings: everywhere.settings }),
  ])
  expect(sent).toEqual([])
})

test('a plan that cannot be is refused with group, field, cause and remedy', async () => {
  const asked = (settings: object) =>
    api().publish({
      body: { plan: { groups: [{ name: 'A', settings }] }, reason: 'thử', based_on: 0 },
    })
  await expect(asked({ calendar: [{ profile: 'vn-2017', version: 0 }] })).rejects.toThrow(
    '"field":"A.calendar"',
  )
  await expect(asked({ regulations: [{ profile: 'vn-2017', version: 9 }] })).rejects.toThrow(
    'no vn-2017 version 9',
  )
})

test('stations are given what is set at them, once, and each says what became of every setting', async () => {
  const plan = { groups: [everywhere, faster()] }
  const { number } = await api().publish({ body: { plan, reason: 'lịch chung', based_on: 0 } })
  expect(number).toBe(1)
  expect(await delivery.deliver()).toBe(2)
  expect(await delivery.deliver()).toBe(0)
  expect(sent.map(({ node: to }) => to).sort()).toEqual([first.node_id, second.node_id].sort())
  expect(sent.find(({ node: to }) => to === first.node_id)?.draft).toMatchObject({
    type: 'configuration.published',
    to: first.organisation_id,
    data: {
      number: 1,
      reason: 'lịch chung',
      settings: {
        calendar: [{ effective_from: '2021-01-01', regulation: { profile: 'vn-labour' } }],
        heartbeat: { seconds: 5 },
      },
    },
  })
  expect(await standing(first)).toMatchObject({ state: 'pending', assigned: 1, answered: null })

  const applied = (name: string) => ({ name, state: 'applied', problem: null })
  await answer(first, 1, [applied('calendar'), applied('heartbeat')])
  await answer(second, 1, [
    applied('calendar'),
    { name: 'heartbeat', state: 'refused', problem: 'the owner' },
  ])
  expect(await standing(first)).toMatchObject({ state: 'applied', answered: 1 })
  expect(await standing(second)).toMatchObject({
    state: 'partly',
    settings: [{ state: 'applied' }, { name: 'heartbeat', state: 'refused', problem: 'the owner' }],
  })
  await expect(answer(second, 7, [])).rejects.toMatchObject({
    code: 'configuration.version-not-found',
  })
})

test('a new version reaches only whom it changes; an earlier one comes back as a new one', async () => {
  sent.length = 0
  const plan = { groups: [everywhere] }
  await api().publish({ body: { plan, reason: 'như nhau', based_on: 1 } })
  expect(await delivery.deliver()).toBe(1)
  expect(sent[0]?.node).toBe(first.node_id)
  expect(await standing(second)).toMatchObject({ state: 'partly', assigned: 1 })

  const stale = api().restore({ params: { number: 1 }, body: { reason: 'thử', based_on: 1 } })
  await expect(stale).rejects.toThrow('configuration.changed-meanwhile')
  const back = await api().restore({
    params: { number: 1 },
    body: { reason: 'trở lại', based_on: 2 },
  })
  expect(back).toMatchObject({ number: 3, restores: 1, plan: { groups: [{}, { name: 'Bộ' }] } })
  await delivery.deliver()
  expect(await standing(first)).toMatchObject({ state: 'pending', assigned: 3 })
  const { items } = await api().versions({ query: {} })
  expect(items.map(({ number }) => number)).toEqual([3, 2, 1])
})

test('a station that was restored and says it holds another version is given it again', async () => {
  await answer(first, 3, [])
  sent.length = 0
  const beat = (number: number, at: string) =>
    node.database.asOwner(
      `update station set last_heartbeat_at = $2::timestamptz,
        heartbeat = jsonb_build_object('configuration', jsonb_build_object('number', $3::int)) where id = $1`,
      [first.id, at, number],
    )
  await beat(1, isoOf(node.clock.now()))
  expect(await delivery.deliver()).toBe(0)
  await beat(1, isoOf(node.clock.now() + 180_000))
  expect(await delivery.deliver()).toBe(1)
  expect(sent[0]).toMatchObject({ node: first.node_id, draft: { data: { number: 3 } } })
  expect(await delivery.deliver()).toBe(0)
})

test('a profile the parent sets is a version like any other, and what was before comes back when it ends', async () => {
  const { book } = node.rules
  const versionsOf = () =>
    node.database.transact(systemScope, async (tx) =>
      (await book.versions(tx)).filter(({ profile }) => profile === 'vn-labour'),
    )
  const shipped = (await versionsOf())[0]?.regulation
  if (!shipped) throw new Error('vn-labour is not shipped')
  const regulation = { ...shipped, holidays: shipped.holidays.slice(1) }
  const by = { name: 'Trung tâm', reason: 'thông báo nghỉ' }
  const place = (wanted: object[], placed: readonly object[]) =>
    node.database.transact(systemScope, (tx) =>
      node.profiles.place(tx, wanted as never, placed as never, by),
    )
  const wanted = [{ effective_from: '2026-01-01', regulation }]
  const placed = await place(wanted, [])
  expect(placed).toEqual([{ profile: 'vn-labour', version: 1, before: 0 }])
  expect(await place(wanted, placed)).toEqual(placed)
  expect(await versionsOf()).toHaveLength(2)
  expect((await versionsOf())[1]).toMatchObject({ actor_name: 'Trung tâm', reason: by.reason })

  await place([], placed)
  const versions = await versionsOf()
  expect(versions).toHaveLength(3)
  expect(versions[2]?.regulation).toEqual(shipped)
})
