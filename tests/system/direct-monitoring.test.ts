import { eventApi } from '@haidang/contracts/event-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { ReleasePolicy } from '@haidang/contracts/release'
import { releaseApi } from '@haidang/contracts/release-api'
import { sourceApi } from '@haidang/contracts/source-api'
import { stationApi } from '@haidang/contracts/station-api'
import { attackToolLine } from '@haidang/testbed/attack-lines'
import { type TestNetwork, type TestNode, testNetwork } from '@haidang/testbed/test-network'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from './harness/until.ts'

const patience = 30_000

let network: TestNetwork
let ministry: TestNode

beforeAll(async () => {
  network = await testNetwork()
  ministry = network.station('ministry')
}, 180_000)
afterAll(() => network?.[Symbol.asyncDispose]())

/** Events of the ministry that a node finds. */
async function found(node: TestNode, filter?: string) {
  const range = {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 60_000).toISOString(),
  }
  const { items } = await node.api(eventApi).search({ query: { ...range, filter, limit: 500 } })
  return items
}

/** Puts a policy that lets events of a source out, the agents struck and own addresses hashed, into force. */
async function letOut(source: string): Promise<void> {
  const api = ministry.api(releaseApi)
  const { current } = await api.inForce({})
  const policy = ReleasePolicy.parse({
    ...current.policy,
    own_networks: ['192.0.2.0/24'],
    rules: [
      ...current.policy.rules.filter(({ streams }) => !streams.includes('events')),
      {
        name: 'Theo dõi trực tiếp',
        streams: ['events'],
        sources: [source],
        decision: 'masked',
        fields: [{ field: 'own_ip', how: 'hash' }],
      },
    ],
  })
  await api.publish({ body: { policy, reason: 'thỏa thuận giám sát', based_on: current.version } })
}

test('events of a source the owner lets out stand at the parent once, as the policy leaves them, and others do not', {
  timeout: 120_000,
}, async () => {
  const { centre } = network
  const station = await until('the station at the centre', patience, async () => {
    const { items } = await centre.api(stationApi).list({ query: {} })
    return items.find(({ local }) => !local)
  })
  const params = { id: station.id }
  const { items: sources } = await ministry.api(sourceApi).list({ query: {} })
  const zeek = sources.find(({ name }) => name === 'zeek')?.id ?? ''
  const other = sources.find(({ name }) => name !== 'zeek')?.id ?? ''
  const feed = (from: number, count: number) =>
    ministry.feed(
      'zeek',
      Array.from({ length: count }, (_, n) => attackToolLine(`192.0.2.${from + n}`, Date.now())),
    )

  const asked = await centre.api(stationApi).monitor({
    params,
    body: { sources: [zeek, other], reason: 'phối hợp điều tra' },
  })
  expect(asked.request).toMatchObject({ number: 1 })
  const own = await until('the request at the ministry', patience, async () => {
    const monitoring = await ministry.api(releaseApi).monitoring({})
    return monitoring.request ? monitoring : undefined
  })
  expect(own.report.sources.map(({ allowed }) => allowed)).toEqual([false, false])
  await feed(1, 5)
  await until(
    'the events at the ministry',
    patience,
    async () => (await found(ministry)).length === 5,
  )

  await letOut('zeek')
  const after = await ministry.api(releaseApi).monitoring({})
  expect(after.report.sources).toMatchObject([
    { id: zeek, name: 'zeek', allowed: true },
    { id: other, allowed: false },
  ])
  await feed(101, 100)
  const events = await until('the events at the centre', patience, async () => {
    const items = await found(centre, `node_id:${station.node_id}`)
    return items.length >= 100 ? items : undefined
  })
  const whole = await found(ministry)
  expect(whole).toHaveLength(105)
  const ids = new Set(whole.map(({ id }) => id))
  expect(events).toHaveLength(100)
  expect(new Set(events.map(({ id }) => id)).size).toBe(100)
  expect(events.every(({ id }) => ids.has(id))).toBe(true)
  expect(JSON.stringify(events)).not.toContain('192.0.2.')
  expect(events[0]).toMatchObject({
    organisation_id: station.organisation_id,
    node_id: station.node_id,
    source_id: zeek,
    raw_data: '',
    src_endpoint: { ip: expect.stringMatching(/^100::/) },
  })
  expect(new Set(events.map(({ src_endpoint }) => src_endpoint?.ip)).size).toBe(100)

  const { current } = await ministry.api(releaseApi).inForce({})
  const preview = await ministry.api(releaseApi).preview({
    body: {
      policy: { ...current.policy, rules: [] },
      from: new Date(Date.now() - 3_600_000).toISOString(),
      to: new Date(Date.now() + 60_000).toISOString(),
    },
  })
  expect(preview.streams.find(({ stream }) => stream === 'events')).toMatchObject({
    total: 105,
    changed: 105,
    in_force: { masked: 105 },
    tried: { keep: 105 },
  })
  expect(preview.samples.find(({ stream }) => stream === 'events')).toMatchObject({ after: null })

  const told = await until('the policy at the centre', patience, async () => {
    const { items } = await centre.api(stationApi).release({ params })
    return items[0]?.version === 1 ? items : undefined
  })
  expect(told.map(({ version }) => version)).toEqual([1, 0])
  expect(told[0]).toMatchObject({ reason: 'thỏa thuận giám sát' })
  const written = await ministry
    .api(journalApi)
    .list({ query: { filter: 'type:release.changed or type:monitoring.changed' } })
  expect(written.items).toHaveLength(2)

  await centre.api(stationApi).monitor({ params, body: { sources: [], reason: 'đã xong' } })
  await until('the end of it at the ministry', patience, async () => {
    const { request } = await ministry.api(releaseApi).monitoring({})
    return request?.sources.length === 0
  })
  await feed(1, 3)
  await until('more at the ministry', patience, async () => (await found(ministry)).length === 108)
  expect(await found(centre, `node_id:${station.node_id}`)).toHaveLength(100)
})
