import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { restoredTable } from '@haidang/contracts/archive'
import type { Event } from '@haidang/contracts/event'
import { eventTable } from '@haidang/contracts/event-columns'
import { isoOf } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  type ArchiveNode,
  archiveNode,
  day,
  eventOf,
  first,
  hour,
  hourOf,
  narrow,
  owner,
} from './archive-node.ts'

// Engines of their own: seconds on a quiet machine, many on a busy one.
vi.setConfig({ testTimeout: 180_000 })

let node: ArchiveNode
const idsOf = (events: readonly Event[]) => events.map(({ id }) => id).toSorted()
const sum = (files: readonly { rows: number }[]) => files.reduce((all, { rows }) => all + rows, 0)

beforeAll(async () => {
  node = await archiveNode()
})
afterAll(() => node[Symbol.asyncDispose]())
beforeEach(async () => {
  node.clock.advance(first + 30 * hour - node.clock.now())
  await node.events.define([`TRUNCATE TABLE ${eventTable}`, `TRUNCATE TABLE ${restoredTable}`])
  await node.database.asOwner(
    'truncate archive_file, archive_litter, retention_version, retention_day',
  )
})

/** Everything the archive holds, brought back. */
async function restored(service = node.serviceOn(node.ports)): Promise<string[]> {
  await service.reach(systemScope, 0, first + 1000 * day)
  return node.ids(restoredTable)
}

test('closed hours are archived by organisation and TLP, the open one is not; again changes nothing', async () => {
  const closed = [...hourOf(0, 200), ...hourOf(1, 100)]
  const now = first + 30 * hour
  await node.insert([...closed, eventOf(1, now - 60_000)])
  await node.turn(node.service)
  const files = await node.catalogue()
  expect(sum(files)).toBe(300)
  expect(files).toHaveLength(8)
  expect(files.every(({ state }) => state === 'hot')).toBe(true)
  await node.turn(node.service)
  await node.turn(node.serviceOn(node.ports))
  expect(await node.catalogue()).toEqual(files)
  expect(node.blobNames()).toEqual(files.map(({ sha256 }) => sha256).toSorted())
  expect(await restored()).toEqual([])
  expect(await node.service.verify(owner, { from: isoOf(first), to: isoOf(first + day) })).toEqual({
    verified: 8,
    faulty: 0,
  })
})

test('late events of an archived hour enter it once they have settled; after a deletion they make a further file', async () => {
  const early = hourOf(0, 100)
  const late = Array.from({ length: 7 }, (_, n) => eventOf(900 + n, first + n * 1000))
  const service = node.serviceOn(node.ports)
  await node.insert(early)
  await node.turn(service)
  await node.insert(late)
  await node.turn(service)
  expect(sum(await node.catalogue())).toBe(100)
  await node.turn(service)
  expect(sum(await node.catalogue())).toBe(107)
  node.clock.advance(11 * day)
  await node.turn(service)
  expect(await node.ids()).toEqual([])
  const later = Array.from({ length: 5 }, (_, n) => eventOf(950 + n, first + n * 1000))
  await node.insert(later)
  await node.turn(service)
  await node.turn(service)
  expect(await node.ids()).toEqual([])
  expect(sum(await node.catalogue())).toBe(112)
  expect(await restored(service)).toEqual(idsOf([...early, ...late, ...later]))
})

test('stopped at any step it goes on: nothing twice, nothing lost, nothing left lying about', async () => {
  const all = [...hourOf(0, 60), ...hourOf(26, 60)]
  const lying = node.blobNames()
  await node.insert(all)
  node.clock.advance(11 * day)
  let stops = 0
  for (let stopAt = 1; stopAt < 200; stopAt++) {
    let steps = 0
    const step = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        steps += 1
        // Every other time the stop comes after the work was done and before anybody was told.
        if (steps === stopAt && stopAt % 2 === 0) await work(...args)
        if (steps >= stopAt) throw new Error('stopped')
        return work(...args)
      }
    }
    const { database, events, blobs } = node.ports
    const failing = node.serviceOn({
      database: {
        transact: step((scope, work) => database.transact(scope, work)) as typeof database.transact,
        listen: (channel, heard) => database.listen(channel, heard),
        ping: () => database.ping(),
        close: () => database.close(),
      },
      events: {
        ...events,
        query: step((sql, parameters) => events.query(sql, parameters)) as typeof events.query,
        exportParquet: step((sql, parameters) => events.exportParquet(sql, parameters)),
        alter: step((sql, parameters) => events.alter(sql, parameters)),
      },
      blobs: {
        put: step((bytes) => blobs.put(bytes)),
        get: step((name) => blobs.get(name)),
        remove: step((name) => blobs.remove(name)),
      },
    })
    const ended = await node.turn(failing).then(
      () => true,
      () => false,
    )
    if (ended) break
    stops += 1
    const held = new Set([...(await node.ids())])
    const files = await node.catalogue()
    const archived = sum(files.filter(({ state }) => state !== 'hot'))
    expect(held.size + archived).toBeGreaterThanOrEqual(all.length)
  }
  expect(stops).toBeGreaterThan(8)
  const service = node.serviceOn(node.ports)
  await node.turn(service)
  expect(await node.ids()).toEqual([])
  expect(await restored(service)).toEqual(idsOf(all))
  node.clock.advance(2 * hour)
  await node.turn(service)
  const filed = (await node.catalogue()).map(({ sha256 }) => sha256)
  expect(node.blobNames()).toEqual([...new Set([...lying, ...filed])].toSorted())
})

test('a killed engine loses nothing of the archive', async () => {
  const all = [...hourOf(0, 500), ...hourOf(2, 500)]
  await node.insert(all)
  node.clock.advance(11 * day)
  const turning = node.turn(node.service).catch(() => undefined)
  process.kill(node.events.pid() ?? 0, 'SIGKILL')
  await turning
  await node.turn(node.service)
  await node.turn(node.service)
  expect(await node.ids()).toEqual([])
  expect(await restored()).toEqual(idsOf(all))
})

const policy = {
  rules: [
    { name: 'luồng mạng', classes: [4001], hot_days: 2, archive_days: 0 },
    { name: 'đỏ', tlp: ['red'], hot_days: 5, archive_days: 100 },
    { name: 'nguồn 1', sources: ['src_1'], hot_days: 3, archive_days: 5 },
  ],
  otherwise: { hot_days: 10, archive_days: 20 },
}
const ruleOf = ({ class_uid, tlp, source_id }: Event) => {
  if (class_uid === 4001) return 0
  if (tlp === 'red') return 1
  return source_id === 'src_1' ? 2 : 3
}

test('each event stays for as long as the first rule that means it says; the preview is what happens', async () => {
  const all = hourOf(0, 400)
  const lying = node.blobNames()
  await node.insert(all)
  const service = node.serviceOn(node.ports)
  await node.turn(service)
  await node.publish(policy, 0)
  const since = (await node.journalled()).length
  const left = (rules: number[]) => idsOf(all.filter((event) => rules.includes(ruleOf(event))))
  // Days after receipt, rules whose events are in the event store and in files then.
  const course = [
    [2, [0, 1, 2, 3], [0, 1, 2, 3]],
    [3, [1, 2, 3], [1, 2, 3]],
    [4, [1, 3], [1, 2, 3]],
    [6, [3], [1, 2, 3]],
    [9, [3], [1, 3]],
    [11, [], [1, 3]],
    [31, [], [1]],
    [106, [], []],
  ] as const
  for (const [age, hot, filed] of course) {
    node.clock.advance(first + age * day + hour - node.clock.now())
    const { tried } = await service.previewRetention(owner, {
      policy: { ...(await service.retention(owner)).policy },
    })
    const before = { hot: (await node.ids()).length, filed: sum(await node.catalogue()) }
    await node.turn(service)
    expect(await node.ids(), `day ${age}`).toEqual(left([...hot]))
    const { rows } = { rows: sum(await node.catalogue()) }
    expect(rows, `day ${age}`).toBe(left([...filed]).length)
    expect(tried.events).toBe(before.hot - left([...hot]).length)
    expect(tried.waiting).toBe(0)
  }
  const told = (await node.journalled()).slice(since)
  const deleted = told.filter(({ subject }) => subject.startsWith('events:'))
  expect(deleted.reduce((all, { after }) => all + (after['events'] ?? 0), 0)).toBe(400)
  const expired = told.filter(({ subject }) => subject.startsWith('archive:'))
  expect(expired.reduce((all, { after }) => all + (after['events'] ?? 0), 0)).toBe(400)
  node.clock.advance(2 * hour)
  await node.turn(service)
  expect(node.blobNames()).toEqual(lying)
})

test('what the archive does not have is not deleted; without an archive it is', async () => {
  const all = hourOf(0, 50)
  await node.insert(all)
  node.clock.advance(30 * day)
  const { blobs } = node.ports
  const full = node.serviceOn({
    ...node.ports,
    blobs: { ...blobs, put: () => Promise.reject(new Error('no space')) },
  })
  await expect(node.turn(full)).rejects.toThrow('no space')
  expect(await full.status(owner)).toMatchObject({ last_error: 'no space' })
  expect(await node.ids()).toHaveLength(50)
  await node.publish({ archive: false, otherwise: { hot_days: 10, archive_days: 0 } }, 0)
  await node.turn(full)
  expect(await node.ids()).toEqual([])
})

test('a reach brings back what its scope may see, newest first, as far as there is room', async () => {
  const all = [...hourOf(0, 100), ...hourOf(5, 100)]
  await node.insert(all)
  node.clock.advance(11 * day)
  await node.turn(node.service)
  const service = node.serviceOn(node.ports)
  const end = first + day
  expect(await service.reach(narrow, end, end + day)).toBeUndefined()
  expect(await service.reach(narrow, first, end)).toEqual({ files: 2, waiting: 0, beyond: 0 })
  const seen = all.filter(
    ({ organisation_id, tlp }) => organisation_id === 'org_a' && tlp !== 'red',
  )
  expect(await node.ids(restoredTable)).toEqual(idsOf(seen))
  node.clock.advance(25 * hour)
  await node.turn(service)
  expect(await node.ids(restoredTable)).toEqual([])
  const small = node.serviceOn(node.ports, 120)
  expect(await small.reach(systemScope, first, end)).toEqual({ files: 8, waiting: 0, beyond: 4 })
  expect(await node.ids(restoredTable)).toEqual(idsOf(all.slice(100)))
  expect(await small.reach(systemScope, first, first + hour)).toMatchObject({ beyond: 0 })
  expect(await node.ids(restoredTable)).toEqual(idsOf(all.slice(0, 100)))
})

test('a changed or missing file is told and never restored', async () => {
  await node.insert(hourOf(0, 40))
  node.clock.advance(11 * day)
  await node.turn(node.service)
  const [{ sha256 } = { sha256: '' }, other] = await node.catalogue()
  writeFileSync(join(node.files, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'PAR1changedPAR1')
  await node.ports.blobs.remove(other?.sha256 ?? '')
  const range = { from: isoOf(first), to: isoOf(first + day) }
  expect(await node.service.verify(owner, range)).toEqual({ verified: 4, faulty: 2 })
  expect(await node.service.status(owner)).toMatchObject({ faulty: 2 })
  const service = node.serviceOn(node.ports)
  expect(await service.reach(systemScope, first, first + day)).toMatchObject({ files: 4 })
  const back = await node.ids(restoredTable)
  expect(back).toHaveLength(
    40 - sum((await node.catalogue()).filter((f) => [sha256, other?.sha256].includes(f.sha256))),
  )
})

test('an event store that lost a day leaves the archive as it is, and searches reach into it', async () => {
  const all = hourOf(0, 60)
  await node.insert(all)
  await node.turn(node.service)
  await node.events.define([`TRUNCATE TABLE ${eventTable}`])
  await node.turn(node.serviceOn(node.ports))
  expect(await restored()).toEqual(idsOf(all))
})
