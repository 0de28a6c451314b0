import { ManualClock, systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { expect, test, vi } from 'vitest'
import {
  alertNumber,
  approvedPair,
  centreOrganisation,
  running,
  stationOrganisation,
  until,
} from './two-nodes.ts'

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

test('an envelope that met a store that was away is taken later, not refused', async () => {
  const { parent, child, station } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  const busy = vi.spyOn(child.messages, 'push').mockImplementationOnce(() => {
    throw new Problem('database.busy')
  })
  await using _run = running(child)
  await parent.db.transact(systemScope, (tx) =>
    parent.link.post.toStation(tx, station.node_id, {
      type: 'monitoring.requested',
      subject: 'ord_1',
      tlp: 'amber',
      exercise: false,
      data: {},
      from: centreOrganisation,
      to: stationOrganisation,
    }),
  )
  await until(() => child.messages.length > 0)
  expect(busy).toHaveBeenCalledTimes(2)
  expect(await child.entries('envelope.refused')).toBe(0)
})
