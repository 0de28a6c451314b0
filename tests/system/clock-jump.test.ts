import { alertApi } from '@haidang/contracts/alert-api'
import { eventApi } from '@haidang/contracts/event-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { sourceApi } from '@haidang/contracts/source-api'
import { stationApi } from '@haidang/contracts/station-api'
import { type Clock, isoOf, systemClock } from '@haidang/runtime/clock'
import { attackToolLine } from '@haidang/testbed/attack-lines'
import { testNetwork } from '@haidang/testbed/test-network'
import { expect, test } from 'vitest'
import { until } from './harness/until.ts'

const hour = 3_600_000
const patience = 60_000

/** The clock of a machine somebody sets. */
class JumpingClock implements Clock {
  #offset = 0

  now(): number {
    return systemClock.now() + this.#offset
  }

  iso(): string {
    return isoOf(this.now())
  }

  monotonic(): number {
    return systemClock.monotonic()
  }

  jump(milliseconds: number): void {
    this.#offset += milliseconds
  }
}

test('when clocks jump back an hour and forth again, nothing is lost, doubled or out of the chain, and nobody falls silent', {
  timeout: 180_000,
}, async () => {
  const clock = new JumpingClock()
  await using network = await testNetwork({ stations: ['ministry'], clock })
  const { centre } = network
  const station = network.station('ministry')
  let made = 0
  const feed = async (lines: number) => {
    const from = made
    made += lines
    await station.feed(
      'zeek',
      Array.from({ length: lines }, (_, i) =>
        attackToolLine(`192.0.2.${from + i + 1}`, clock.now()),
      ),
    )
    await until(`${made} alerts at the centre`, patience, async () => {
      const { items } = await centre.api(alertApi).list({ query: { limit: 500 } })
      return items.length === made
    })
  }
  await feed(20)
  clock.jump(-hour)
  await feed(20)
  clock.jump(hour)
  await feed(20)

  const { items: alerts } = await centre.api(alertApi).list({ query: { limit: 500 } })
  expect(new Set(alerts.map(({ id }) => id)).size).toBe(made)
  const { items: sources } = await station.api(sourceApi).list({ query: {} })
  const zeek = sources.find(({ name }) => name === 'zeek')
  expect(zeek).toMatchObject({ state: 'active', counters: { parsed: made, rejected: 0 } })
  const found = await station.api(eventApi).search({
    query: { from: isoOf(clock.now() - 2 * hour), to: isoOf(clock.now() + hour), limit: 500 },
  })
  expect(new Set(found.items.map(({ id }) => id)).size).toBe(made)
  for (const node of [centre, station]) {
    const { report } = await node.api(journalApi).verify({ body: {} })
    expect(report).toMatchObject({ intact: true })
  }
  const { items: gaps } = await centre.api(stationApi).gaps({ query: {} })
  expect(gaps).toEqual([])
  expect((await station.api(stationApi).parent({})).state).toBe('connected')
})
