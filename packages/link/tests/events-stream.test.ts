import { ManualClock, systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import type { BulkHandlers } from '../src/child/child-parts.ts'
import { alertNumber, approvedPair, type TestNode, until } from './two-nodes.ts'

/** Runs a child's loop with limits of the bulk lane; disposing stops it. */
function runningWithin(child: TestNode, bulk: BulkHandlers): AsyncDisposable {
  const ended = new AbortController()
  const done = child.link.child.run({ ...child.childHandlers, bulk }, ended.signal)
  return {
    [Symbol.asyncDispose]: async () => {
      ended.abort()
      await done
    },
  }
}

const eventNumber = (n: number) => ({ n, received_time: systemClock.iso(), text: 'x'.repeat(200) })
const give = (node: TestNode, stream: 'alerts' | 'events', records: readonly object[]) =>
  node.db.transact(systemScope, (tx) => node.link.outbox.append(tx, stream, records))

test('events go up in order and once, with gaps told; in quiet hours alerts go and events wait', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  let resting = true
  let sent = 0
  const bulk: BulkHandlers = {
    limits: async () => ({ bytes_per_second: null, resting }),
    sent: (records) => {
      sent += records
    },
  }
  // The tie makes the boxes at its first contact.
  await using run = runningWithin(child, bulk)
  await until(async () => (await child.link.child.state()).state === 'connected')
  await give(
    child,
    'events',
    Array.from({ length: 1200 }, (_, n) => eventNumber(n)),
  )
  await child.db.transact(systemScope, (tx) =>
    child.link.outbox.miss(tx, 'events', {
      count: 7,
      from: systemClock.iso(),
      to: systemClock.iso(),
      reason: 'gone',
    }),
  )
  await give(child, 'events', [eventNumber(1200)])
  await give(child, 'alerts', [alertNumber(1, systemClock.iso())])
  await until(() => parent.alerts.length === 1)
  expect(parent.events).toEqual([])
  resting = false
  await until(() => parent.events.length === 1201)
  expect(parent.events.map((event) => (event as { n: number }).n)).toEqual(
    Array.from({ length: 1201 }, (_, n) => n),
  )
  await until(() => sent === 1208)
  const { rows } = await parent.db.asOwner(
    `select stored::int as stored from station_stream where stream = 'events'`,
  )
  expect(rows).toEqual([{ stored: 1208 }])
  const gaps = await parent.db.asOwner(
    `select stream, first::int as first, last::int as last, count::int as count, reason from station_gap where kind = 'dropped'`,
  )
  expect(gaps.rows).toEqual([
    { stream: 'events', first: 1201, last: 1207, count: 7, reason: 'gone' },
  ])
  await run[Symbol.asyncDispose]()
})

test('the bulk lane keeps to its budget, and alerts do not wait for it', async () => {
  const clock = new ManualClock(systemClock.iso())
  const { parent, child } = await approvedPair(clock)
  await using _parent = parent
  await using _child = child
  const sent: number[] = []
  const bulk: BulkHandlers = {
    limits: async () => ({ bytes_per_second: 1024, resting: false }),
    sent: (_, bytes) => void sent.push(bytes),
  }
  await using _run = runningWithin(child, bulk)
  await until(async () => (await child.link.child.state()).state === 'connected')
  await give(
    child,
    'events',
    Array.from({ length: 300 }, (_, n) => eventNumber(n)),
  )
  await until(() => parent.events.length > 0)
  const first = parent.events.length
  await give(child, 'alerts', [alertNumber(1, clock.iso())])
  await until(() => parent.alerts.length === 1)
  expect(parent.events).toHaveLength(first)
  const [bytes = 0] = sent
  // A second's worth of the budget at once, and the time those bytes take before the next.
  expect(bytes).toBeLessThan(1024)
  clock.advance((bytes / 1024) * 1000 - 1)
  await give(child, 'alerts', [alertNumber(2, clock.iso())])
  await until(() => parent.alerts.length === 2)
  expect(parent.events).toHaveLength(first)
  clock.advance(2)
  await until(() => parent.events.length > first)
})
