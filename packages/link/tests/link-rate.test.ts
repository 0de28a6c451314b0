import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { alertNumber, approvedPair, running, until } from './two-nodes.ts'

const at = '2026-03-01T00:00:00.000Z'

test('more than 2,000 alerts a second go over the loopback', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  const total = 10_000
  for (let n = 0; n < total; n += 500) {
    const alerts = Array.from({ length: 500 }, (_, i) => alertNumber(n + i, at))
    if (n === 0) {
      await using _run = running(child)
      await until(async () => (await child.link.child.state()).state === 'connected')
    }
    await child.db.transact(systemScope, (tx) => child.link.outbox.append(tx, 'alerts', alerts))
  }
  const began = performance.now()
  await using _run = running(child)
  await until(() => parent.alerts.length === total)
  const rate = total / ((performance.now() - began) / 1000)
  expect(rate).toBeGreaterThan(2000)
})
