import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import {
  actor,
  alertNumber,
  approvedPair,
  centreOrganisation,
  running,
  stationOrganisation,
  type TestNode,
  until,
} from './two-nodes.ts'

const at = '2026-03-01T00:00:00.000Z'
const state = async (child: TestNode) => (await child.link.child.state()).state

test('the drill: a revoked station is cut within seconds, what waits for it is withheld, and it comes back under its numbers', async () => {
  const { parent, child, station, stationId } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await state(child)) === 'connected')
  const alert = (n: number) =>
    child.db.transact(systemScope, (tx) =>
      child.link.outbox.append(tx, 'alerts', [alertNumber(n, at)]),
    )
  const order = (subject: string) =>
    parent.db.transact(systemScope, (tx) =>
      parent.link.post.toStation(tx, station.node_id, {
        type: 'order.issued',
        subject,
        tlp: 'amber',
        exercise: false,
        data: {},
        from: centreOrganisation,
        to: stationOrganisation,
      }),
    )
  await alert(1)
  await order('ord_1')
  await until(() => parent.alerts.length === 1 && child.messages.length === 1)

  const row = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.revoke(tx, actor, stationId, 'laptop stolen'),
  )
  const began = performance.now()
  parent.link.parent.cut(row.revoked_fingerprint ?? '')
  await order('ord_2')
  await alert(2)
  await until(async () => (await state(child)) === 'revoked')
  expect(performance.now() - began).toBeLessThan(5000)
  expect((await child.link.child.state()).problem).toMatch('laptop stolen')
  expect(parent.alerts).toHaveLength(1)
  expect(child.messages).toHaveLength(1)
  const entry = await parent.db.asOwner(
    `select reason, actor_id from journal where type = 'station.revoked'`,
  )
  expect(entry.rows).toEqual([{ reason: 'laptop stolen', actor_id: actor.id }])

  // The way back: a new code, a new key, an officer who compares it.
  const { code } = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.createCode(tx, actor, stationOrganisation, 60),
  )
  await child.link.child.join(actor, code, { location: '', contact: '' })
  expect(child.messages).toHaveLength(1)
  const back = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.approve(tx, actor, stationId),
  )
  expect(back.fingerprint).not.toBe(row.revoked_fingerprint)
  await until(() => parent.alerts.length === 2 && child.messages.length === 2)
  expect(child.messages[1]?.subject).toBe('ord_2')
})
