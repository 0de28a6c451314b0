import { alertApi } from '@haidang/contracts/alert-api'
import { eventApi } from '@haidang/contracts/event-api'
import { ReleasePolicy } from '@haidang/contracts/release'
import { releaseApi } from '@haidang/contracts/release-api'
import { sourceApi } from '@haidang/contracts/source-api'
import { stationApi } from '@haidang/contracts/station-api'
import { attackToolLine } from '@haidang/testbed/attack-lines'
import { type TestNetwork, type TestNode, testNetwork } from '@haidang/testbed/test-network'
import { expect, test } from 'vitest'
import { until } from './harness/until.ts'

/** What the mission allows from the station's acknowledgement to the centre. */
const most = 5_000
const rounds = 5

test('an alert of a station is at the centre within 5 s by way of its ministry, once', {
  timeout: 180_000,
}, async () => {
  await using network = await testNetwork({
    stations: ['ministry', 'province'],
    parents: { province: 'ministry' },
  })
  const { centre } = network
  const [ministry, station] = [network.station('ministry'), network.station('province')]
  const alerts = async (node: typeof centre) =>
    (await node.api(alertApi).list({ query: { limit: 100 } })).items
  const taken: number[] = []
  for (let round = 1; round <= rounds; round++) {
    await station.feed('zeek', [attackToolLine(`192.0.2.${round}`, Date.now())])
    const acknowledged = performance.now()
    await until(`alert ${round} at the centre`, 30_000, async () => {
      return (await alerts(centre)).length === round
    })
    taken.push(performance.now() - acknowledged)
  }
  console.log(`station → ministry → centre: ${taken.map(Math.round).join(', ')} ms`)
  expect(Math.max(...taken)).toBeLessThanOrEqual(most)

  const [first, second, third] = await Promise.all([station, ministry, centre].map(alerts))
  const ids = (list: typeof first) => list?.map(({ id }) => id).toSorted()
  expect(ids(third)).toEqual(ids(first))
  expect(ids(second)).toEqual(ids(first))
  expect(new Set(ids(third)).size).toBe(rounds)
  await eventsRelayed(network, rounds)
})

/** Both parents ask for the source, both owners let it out: its events stand at the top once, with their origin. */
async function eventsRelayed(network: TestNetwork, known: number): Promise<void> {
  const { centre } = network
  const [ministry, station] = [network.station('ministry'), network.station('province')]
  const { items } = await station.api(sourceApi).list({ query: {} })
  const source = items.find(({ name }) => name === 'zeek')?.id ?? ''
  for (const [parent, child] of [
    [ministry, station],
    [centre, ministry],
  ] as const) {
    await letOut(child, source)
    const { items: below } = await parent.api(stationApi).list({ query: {} })
    const params = { id: below.find(({ local }) => !local)?.id ?? '' }
    const body = { sources: [source], reason: 'giám sát trực tiếp' }
    await parent.api(stationApi).monitor({ params, body })
    await until('the request below', 30_000, async () => {
      const { report } = await child.api(releaseApi).monitoring({})
      return report.sources.some(({ allowed }) => allowed)
    })
  }
  const lines = Array.from({ length: 50 }, (_, n) => attackToolLine(`192.0.2.${n + 1}`, Date.now()))
  await station.feed('zeek', lines)
  const whole = await until('the events at the centre', 30_000, async () => {
    const found = await eventsOf(centre, source)
    return found.length >= 50 ? found : undefined
  })
  const made = await until('the events at the station', 30_000, async () => {
    const found = await eventsOf(station, source)
    return found.length === known + 50 ? found : undefined
  })
  const ids = new Set(made.map(({ id }) => id))
  expect(whole).toHaveLength(50)
  expect(new Set(whole.map(({ id }) => id)).size).toBe(50)
  expect(whole.every(({ id, node_id }) => ids.has(id) && node_id === made[0]?.node_id)).toBe(true)
}

async function letOut(node: TestNode, source: string): Promise<void> {
  const { current } = await node.api(releaseApi).inForce({})
  const rule = { name: 'Giám sát trực tiếp', streams: ['events'], sources: [source] }
  const rules = [{ ...rule, decision: 'send' }, ...current.policy.rules]
  const policy = ReleasePolicy.parse({ ...current.policy, rules })
  await node
    .api(releaseApi)
    .publish({ body: { policy, reason: 'thỏa thuận', based_on: current.version } })
}

async function eventsOf(node: TestNode, source: string) {
  const from = new Date(Date.now() - 3_600_000).toISOString()
  const to = new Date(Date.now() + 60_000).toISOString()
  const query = { from, to, filter: `source_id:${source}`, limit: 500 }
  return (await node.api(eventApi).search({ query })).items
}
