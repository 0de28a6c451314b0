import { alertApi } from '@haidang/contracts/alert-api'
import { attackToolLine } from '@haidang/testbed/attack-lines'
import { testNetwork } from '@haidang/testbed/test-network'
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
})
