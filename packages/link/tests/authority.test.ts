import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ManualClock, systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { ParentClient } from '../src/child/parent-client.ts'
import type { Authorities } from '../src/keys/authorities.ts'
import {
  actor,
  alertNumber,
  approvedPair,
  running,
  stationOrganisation,
  type TestNode,
  testNode,
  until,
} from './two-nodes.ts'

const place = { location: '', contact: '' }
const at = '2026-03-01T00:00:00.000Z'
const day = 86_400_000

/** Lets the child exchange something, so that it hears what its parent has to say with the answer. */
async function exchange(child: TestNode, n: number): Promise<void> {
  await child.db.transact(systemScope, (tx) =>
    child.link.outbox.append(tx, 'alerts', [alertNumber(n, at)]),
  )
}

function authorities(node: TestNode): Authorities {
  return node.link.parent.authority.authorities
}

async function begin(parent: TestNode, days = 30): Promise<void> {
  await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.authority.begin(tx, actor, { days, reason: 'once a year' }),
  )
  await parent.link.parent.applyAuthority()
}

async function turn(parent: TestNode): Promise<boolean> {
  const ended = await parent.db.transact(systemScope, (tx) => parent.link.parent.authority.turn(tx))
  if (ended) await parent.link.parent.applyAuthority()
  return ended
}

const state = async (child: TestNode) => (await child.link.child.state()).state
const problem = async (child: TestNode) => (await child.link.child.state()).problem ?? ''
const behind = async (parent: TestNode) =>
  (await parent.db.transact(systemScope, (tx) => parent.link.parent.authority.progress(tx))).behind

test('a planned rotation: connected stations move by themselves, then the old authority ends, and nobody is cut off', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await state(child)) === 'connected')
  const before = authorities(parent).shown.fingerprint

  await begin(parent)
  expect(await turn(parent)).toBe(false)
  await expect(
    parent.db.transact(systemScope, (tx) =>
      parent.link.parent.authority.retire(tx, actor, { reason: 'now', leave_behind: false }),
    ),
  ).rejects.toMatchObject({ code: 'authority.stations-behind', message: 'Station' })
  await exchange(child, 1)
  await until(async () => (await behind(parent)).length === 0)

  expect(await turn(parent)).toBe(true)
  expect(authorities(parent).shown.fingerprint).not.toBe(before)
  expect(authorities(parent).former).toMatchObject([{ fingerprint: before, how: 'retired' }])
  await exchange(child, 2)
  await until(() => parent.alerts.length === 2)
  expect(await state(child)).toBe('connected')
  expect(await child.entries('parent.cut')).toBe(0)
  expect(await parent.entries('authority.rotation-began')).toBe(1)
  expect(await parent.entries('authority.retired')).toBe(1)
  // The key that ended is gone, so that it cannot leak any more.
  await expect(readFile(join(parent.keysDirectory, 'authority-key.pem'))).rejects.toThrow('ENOENT')

  // Codes follow: one made now joins, one from before the end does not.
  await using second = await testNode('Second', systemClock, { id: 'o', code: '2', name: '2' })
  const { code } = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.createCode(tx, actor, stationOrganisation, 60),
  )
  await expect(second.link.child.join(actor, code, place)).resolves.toMatchObject({
    state: 'pending',
  })
})

test('a station away while the authority changes comes back within the overlap, and after it is told what to do', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  {
    await using _run = running(child)
    await until(async () => (await state(child)) === 'connected')
  }
  await begin(parent)
  {
    await using _run = running(child)
    await exchange(child, 1)
    await until(async () => (await behind(parent)).length === 0)
  }
  expect(await turn(parent)).toBe(true)
  await begin(parent)
  const { code: old } = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.createCode(tx, actor, stationOrganisation, 60),
  )
  await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.authority.retire(tx, actor, { reason: 'now', leave_behind: true }),
  )
  await parent.link.parent.applyAuthority()
  await exchange(child, 2)
  await using _run = running(child)
  await until(async () => /another authority/.test(await problem(child)))
  expect(await state(child)).toBe('cut')

  // A code of the authority that ended names a parent that is no more; a new one brings the same station back.
  await expect(child.link.child.join(actor, old, place)).rejects.toMatchObject({
    code: 'join.parent-mismatch',
  })
  await rejoin(parent, child)
  await until(() => parent.alerts.length === 2)
  expect(parent.alerts.map(({ title }) => title)).toEqual(['alert 1', 'alert 2'])
  const { rows } = await parent.db.asOwner('select count(*)::int as n from station')
  expect(rows[0]?.n).toBe(1)
})

test('a lost authority: every certificate is refused at once, open connections are cut, and the station returns under its identity and numbers', async () => {
  const { parent, child } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await state(child)) === 'connected')
  await exchange(child, 1)
  await until(() => parent.alerts.length === 1)
  const lost = authorities(parent).shown.certificate
  const standing = await asChild(child)
  await standing.call(watermarks)

  await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.authority.replace(tx, actor, 'the disk was stolen'),
  )
  await parent.link.parent.applyAuthority()
  expect(authorities(parent).bundle).not.toContain(lost.trim())
  // The connection that stood is gone, and a new one cannot be made with the certificate of before.
  await expect(standing.call(watermarks)).rejects.toThrow(/hang up|another authority/)
  const knowing = await asChild(child, authorities(parent).bundle)
  await expect(knowing.call(watermarks)).rejects.toMatchObject({
    code: 'link.certificate-refused',
  })
  standing.close()
  knowing.close()
  await exchange(child, 2)
  await until(async () => /another authority/.test(await problem(child)))
  expect(await state(child)).toBe('cut')
  expect(parent.alerts).toHaveLength(1)

  await rejoin(parent, child)
  await until(() => parent.alerts.length === 2)
  const { rows } = await parent.db.asOwner(
    `select s.id, t.stored::int as stored from station s join station_stream t on t.station_id = s.id
     where t.stream = 'alerts'`,
  )
  expect(rows).toMatchObject([{ stored: 2 }])
  const entry = await parent.db.asOwner(
    `select reason, "after" from journal where type = 'authority.replaced'`,
  )
  expect(entry.rows[0]).toMatchObject({
    reason: 'the disk was stolen',
    after: { stations_ended: 1 },
  })
})

test('the day the old authority must end comes whether or not all have moved', async () => {
  const clock = new ManualClock(systemClock.iso())
  const { parent, child } = await approvedPair(clock)
  await using _parent = parent
  await using _child = child
  await begin(parent, 10)
  expect(await turn(parent)).toBe(false)
  clock.advance(10 * day)
  expect(await turn(parent)).toBe(true)
  expect(authorities(parent).isMoving).toBe(false)
})

const watermarks = { method: 'GET', path: '/link/v1/watermarks' } as const

/** Dials the parent with the key and certificate a child has now, trusting what it trusts unless told. */
async function asChild(child: TestNode, trusted?: string): Promise<ParentClient> {
  const { rows } = await child.db.asOwner(
    'select parent_url, authority, certificate from link_parent',
  )
  const key = await readFile(join(child.keysDirectory, 'station-key.pem'), 'utf8')
  return new ParentClient({
    url: String(rows[0]?.parent_url),
    authority: trusted ?? String(rows[0]?.authority),
    identity: { key, certificate: String(rows[0]?.certificate) },
    clock: systemClock,
  })
}

async function rejoin(parent: TestNode, child: TestNode): Promise<void> {
  const { code } = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.createCode(tx, actor, stationOrganisation, 60),
  )
  await child.link.child.join(actor, code, place)
  const { rows } = await parent.db.asOwner(`select id from station where state = 'pending'`)
  await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.approve(tx, actor, String(rows[0]?.id)),
  )
  await until(async () => (await state(child)) === 'connected')
}
