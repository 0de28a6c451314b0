import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { expect, test, vi } from 'vitest'
import { alertNumber, approvedPair, running, until } from './two-nodes.ts'

test('the link outlives the loss of its own database and goes on when it is back', async () => {
  const clock = new ManualClock(new Date(Date.now() - 3_600_000).toISOString())
  const { parent, child } = await approvedPair(clock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await child.link.child.state()).state === 'connected')

  const gone = new Problem('database.unavailable', 'the server was killed')
  const loss = vi.spyOn(child.db, 'transact').mockRejectedValue(gone)
  // Sending, reading, and noting that both failed: all of it meets the loss.
  await until(() => loss.mock.calls.length >= 4)
  loss.mockRestore()

  await child.db.transact(systemScope, (tx) =>
    child.link.outbox.append(tx, 'alerts', [alertNumber(1, clock.iso())]),
  )
  await until(() => parent.alerts.length === 1)
  expect((await child.link.child.state()).state).toBe('connected')
})
