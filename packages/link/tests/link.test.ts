import { ManualClock, systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { atMost } from '../src/boxes/box-quota.ts'
import { defaultQuotas } from '../src/boxes/outbox.ts'
import {
  actor,
  alertNumber,
  approvedPair,
  centreOrganisation,
  running,
  stationOrganisation,
  testNode,
  until,
} from './two-nodes.ts'

const place = { location: '', contact: '' }
const at = '2026-03-01T00:00:00.000Z'

test('a station joins with a code, an officer approves, and alerts and messages flow both ways', async () => {
  const { parent, child, station } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await child.link.child.state()).state === 'connected')
  expect(child.joined[0]?.organisation_id).toBe(stationOrganisation)
  expect(await child.entries('parent.joined')).toBe(1)

  await child.db.transact(systemScope, (tx) =>
    child.link.outbox.append(tx, 'alerts', [alertNumber(1, at), alertNumber(2, at)]),
  )
  const draft = { subject: 'ord_1', tlp: 'amber', exercise: false, data: {} } as const
  await parent.db.transact(systemScope, (tx) =>
    parent.link.post.toStation(tx, station.node_id, {
      ...draft,
      type: 'order.issued',
      from: 'org_019a0000-0000-7000-8000-0000000000c0',
      to: stationOrganisation,
    }),
  )
  await child.db.transact(systemScope, (tx) =>
    child.link.post.toParent(tx, {
      ...draft,
      type: 'order.read',
      from: stationOrganisation,
      to: 'org_019a0000-0000-7000-8000-0000000000c0',
    }),
  )
  await until(() => parent.alerts.length === 2 && parent.messages.length === 1)
  await until(() => child.messages.length === 1)
  expect(parent.alerts.map(({ title }) => title)).toEqual(['alert 1', 'alert 2'])
  expect(child.messages[0]?.type).toBe('order.issued')
  await until(async () => (await child.link.child.state()).waiting === 0)
  const proof = await child.db.asOwner(
    'select direction, state from link_envelope order by direction',
  )
  expect(proof.rows).toEqual([
    { direction: 'received', state: 'accepted' },
    { direction: 'sent', state: 'sent' },
  ])
  const rows = await parent.db.asOwner('select state, heartbeat from station')
  expect(rows.rows[0]?.state).toBe('connected')
  expect(Math.abs(rows.rows[0]?.heartbeat.clock_offset_ms)).toBeLessThan(2000)
})

test('a code is refused when wrong, used or expired, and a listener that is not the one it names', async () => {
  const clock = new ManualClock(systemClock.iso())
  await using parent = await testNode('Centre', clock, { id: 'org_c', code: 'C', name: 'C' })
  await using other = await testNode('Other', clock, { id: 'org_o', code: 'O', name: 'O' })
  await using first = await testNode('First', clock, { id: 'org_1', code: '1', name: '1' })
  await using second = await testNode('Second', clock, { id: 'org_2', code: '2', name: '2' })
  const here = { host: '127.0.0.1', port: 0 }
  await parent.link.parent.listen(parent.parentHandlers, here)
  const make = () =>
    parent.db.transact(systemScope, (tx) =>
      parent.link.parent.joins.createCode(tx, actor, stationOrganisation, 10),
    )
  const { code } = await make()
  await first.link.child.join(actor, code, place)
  await expect(second.link.child.join(actor, code, place)).rejects.toMatchObject({
    code: 'join.code-wrong',
  })
  // The same node may repeat its own request: the answer to the first may have been lost.
  await expect(first.link.child.join(actor, code, place)).resolves.toMatchObject({
    state: 'pending',
  })

  const late = await make()
  clock.advance(11 * 60_000)
  await expect(second.link.child.join(actor, late.code, place)).rejects.toMatchObject({
    code: 'join.code-wrong',
  })

  const { code: fresh } = await make()
  await parent.link.parent.close()
  await expect(second.link.child.join(actor, fresh, place)).rejects.toMatchObject({
    code: 'join.parent-unreachable',
  })
  const port = Number(new URL(parent.link.parent.url).port)
  await other.link.parent.listen(other.parentHandlers, { ...here, port })
  await expect(second.link.child.join(actor, fresh, place)).rejects.toMatchObject({
    code: 'join.parent-mismatch',
  })
})

test('a rejected node learns the reason, and a revoked one is refused at once', async () => {
  const { parent, child, stationId } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await child.link.child.state()).state === 'connected')
  await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.revoke(tx, actor, stationId, 'stolen'),
  )
  await child.db.transact(systemScope, (tx) =>
    child.link.outbox.append(tx, 'alerts', [alertNumber(1, at)]),
  )
  await until(async () => (await child.link.child.state()).state === 'revoked')
  const { problem, waiting } = await child.link.child.state()
  expect(problem).toContain('stolen')
  expect(waiting).toBe(1)
  expect(parent.alerts).toEqual([])

  // With a new code the same node comes back under the same row, and what waited arrives.
  const { code } = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.createCode(tx, actor, stationOrganisation, 60),
  )
  await child.link.child.join(actor, code, place)
  await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.reject(tx, actor, stationId, 'call us first'),
  )
  await until(async () => (await child.link.child.state()).state === 'rejected')
  expect((await child.link.child.state()).problem).toBe('call us first')
  const again = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.createCode(tx, actor, stationOrganisation, 60),
  )
  await child.link.child.join(actor, again.code, place)
  await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.approve(tx, actor, stationId),
  )
  await until(() => parent.alerts.length === 1)
})

test('a cut opens a silence, and 2,000 alerts made meanwhile arrive once and in order', async () => {
  // A clock a little in the past: the hand moves it on, and real TLS still finds the certificates valid.
  const clock = new ManualClock(new Date(Date.now() - 3_600_000).toISOString())
  const { parent, child, port, stationId } = await approvedPair(clock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await child.link.child.state()).state === 'connected')
  await parent.link.parent.close()
  await until(async () => (await child.link.child.state()).state === 'cut')
  expect(await child.entries('parent.cut')).toBe(1)
  clock.advance(120_000)
  expect(await parent.link.parent.detectSilence()).toBe(1)
  expect(await parent.link.parent.detectSilence()).toBe(0)

  for (let n = 0; n < 2000; n += 100) {
    const alerts = Array.from({ length: 100 }, (_, i) => alertNumber(n + i, clock.iso()))
    await child.db.transact(systemScope, (tx) => child.link.outbox.append(tx, 'alerts', alerts))
  }
  clock.advance(60_000)
  await parent.link.parent.listen(parent.parentHandlers, { host: '127.0.0.1', port })
  await until(async () => (await child.link.child.state()).waiting === 0)
  expect(parent.alerts.map(({ title }) => title)).toEqual(
    Array.from({ length: 2000 }, (_, n) => `alert ${n}`),
  )
  await until(async () => {
    const { rows } = await parent.db.asOwner('select closed_at from station_gap')
    return rows.length === 1 && rows[0]?.closed_at !== null
  })
  const { rows } = await parent.db.asOwner('select * from station_gap')
  expect(rows[0]).toMatchObject({ station_id: stationId, kind: 'silence', recovered: 2000 })
  expect(await parent.entries('station.silent')).toBe(1)
  expect(await parent.entries('station.returned')).toBe(1)
  expect(await child.entries('parent.returned')).toBe(1)
})

test('a full outbox gives up its oldest records and says so', async () => {
  const quotas = { ...defaultQuotas, alerts: atMost(100) }
  const { parent, child } = await approvedPair(systemClock, quotas)
  await using _parent = parent
  await using _child = child
  {
    await using _run = running(child)
    await until(async () => (await child.link.child.state()).state === 'connected')
  }
  for (let n = 0; n < 300; n += 50) {
    const alerts = Array.from({ length: 50 }, (_, i) => alertNumber(n + i, at))
    await child.db.transact(systemScope, (tx) => child.link.outbox.append(tx, 'alerts', alerts))
  }
  const { waiting } = await child.link.child.state()
  expect(waiting).toBeLessThanOrEqual(100)
  await using _run = running(child)
  await until(() => parent.alerts.length === waiting)
  await until(async () => (await child.link.child.state()).waiting === 0)
  expect(parent.alerts.at(-1)?.title).toBe('alert 299')
  const { rows } = await parent.db.asOwner('select first, last, count, kind from station_gap')
  expect(rows).toEqual([{ first: 1, last: 300 - waiting, count: 300 - waiting, kind: 'dropped' }])
  expect(await parent.entries('station.gap-reported')).toBe(1)
})

test('a certificate renews itself at two thirds of its life, and an expired one is told so', async () => {
  const day = 86_400_000
  const clock = new ManualClock(new Date(Date.now() - 25 * day).toISOString())
  const { parent, child } = await approvedPair(clock)
  await using _parent = parent
  await using _child = child
  {
    await using _run = running(child)
    await until(async () => (await child.link.child.state()).state === 'connected')
    const before = (await child.link.child.state()).certificate_expires_at
    clock.advance(21 * day)
    await until(async () => (await child.link.child.state()).certificate_expires_at !== before)
    expect(await parent.entries('station.certificate-renewed')).toBe(1)
  }
  clock.advance(31 * day)
  await using _run = running(child)
  await until(async () => (await child.link.child.state()).state === 'revoked')
  expect((await child.link.child.state()).problem).toContain('expired')
})

test('a side restored from an older state loses nothing silently', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  const send = (n: number) =>
    child.db.transact(systemScope, (tx) =>
      child.link.outbox.append(tx, 'alerts', [alertNumber(n, at)]),
    )
  {
    await using _run = running(child)
    await until(async () => (await child.link.child.state()).state === 'connected')
    for (const n of [1, 2, 3]) await send(n)
    await until(() => parent.alerts.length === 3)
    await until(async () => (await child.link.child.state()).waiting === 0)
  }
  // The child forgets its numbers; the parent still holds three.
  await child.db.asOwner(`update link_box set last = 0, confirmed = 0`)
  await send(4)
  {
    await using _run = running(child)
    await until(() => parent.alerts.length === 4)
    await until(async () => (await child.link.child.state()).waiting === 0)
  }
  // The parent forgets what it held: numbers 2 to 4 come as a gap record.
  await parent.db.asOwner(`update station_stream set stored = 1 where stream = 'alerts'`)
  await send(5)
  await using _run = running(child)
  await until(() => parent.alerts.length === 5)
  // What the handler saw is stored when the child has its answer.
  await until(async () => (await child.link.child.state()).waiting === 0)
  expect(parent.alerts.map(({ title }) => title)).toEqual([1, 2, 3, 4, 5].map((n) => `alert ${n}`))
  const { rows } = await parent.db.asOwner('select first, last, reason from station_gap')
  expect(rows).toEqual([{ first: 2, last: 4, reason: 'the parent lost what it had confirmed' }])
})

test('an envelope the handler refuses stands in the proof, and those behind it arrive', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await child.link.child.state()).state === 'connected')
  const draft = { tlp: 'amber', exercise: false, data: {} } as const
  const ends = { from: stationOrganisation, to: centreOrganisation }
  for (const subject of ['ord_bad', 'ord_good']) {
    await child.db.transact(systemScope, (tx) =>
      child.link.post.toParent(tx, { ...draft, ...ends, subject, type: 'order.read' }),
    )
  }
  const received = () =>
    parent.db.asOwner(
      `select state, problem from link_envelope where direction = 'received' order by id`,
    )
  await until(async () => (await received()).rows.length === 2)
  expect(parent.messages.map(({ subject }) => subject)).toEqual(['ord_good'])
  const { rows } = await received()
  expect(rows).toEqual([
    { state: 'refused', problem: 'order.illegal-step: not now' },
    { state: 'accepted', problem: '' },
  ])
})
