import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArchiveReach } from '@haidang/contracts/archive'
import { restoredTable } from '@haidang/contracts/archive'
import type { Event } from '@haidang/contracts/event'
import { eventColumns, eventTable } from '@haidang/contracts/event-columns'
import { eventRow } from '@haidang/contracts/event-row'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf, systemClock } from '@haidang/runtime/clock'
import {
  type EmbeddedEventStore,
  openEmbeddedEventStore,
} from '@haidang/runtime/event-store/embedded-event-store'
import { derivedId } from '@haidang/runtime/ids'
import { silentLog } from '@haidang/runtime/silent-log'
import { eventTableStatements } from '@haidang/station/keep/event-table'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EventService } from '../src/modules/events/event-service.ts'
import { caller, centreOrg, ministryOrg, provinceOrg } from './doing.ts'

const directory = mkdtempSync(join(tmpdir(), 'haidang-archived-'))
const first = Date.parse('2026-11-22T02:00:00Z')
const range = { from: '2026-11-22T00:00:00Z', to: '2026-11-22T06:00:00Z' }
const whole = caller(centreOrg)
const ministry = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
const reached: ArchiveReach = { files: 3, waiting: 1, beyond: 0 }
let store: EmbeddedEventStore
let stored: EventService
let archived: EventService

function eventOf(n: number): Event {
  const at = first + n * 10_000
  return {
    id: derivedId('event', at, 'nod_a', 1, n),
    organisation_id: n % 2 === 0 ? ministryOrg : provinceOrg,
    node_id: 'nod_a',
    tlp: n % 10 === 0 ? 'red' : 'amber',
    source_id: 'src_a',
    time: isoOf(at),
    received_time: isoOf(at),
    class_uid: 3002,
    activity_id: 1,
    severity_id: (n % 5) + 1,
    message: n % 7 === 0 ? 'Đăng nhập thất bại' : `Failed password for root ${n}`,
    src_endpoint: { ip: n % 3 === 0 ? `192.0.2.${n % 250}` : '2001:db8::7', port: n },
    user: { name: `người.dùng.${n % 9}` },
    metadata: { version: '1.6.0', product: 'sshd', parser: 'sshd', simulated: n % 11 === 0 },
    logsource: { product: 'linux', service: 'sshd' },
    observables: [{ type: 'ip', value: '192.0.2.7', name: 'src_endpoint.ip' }],
    unmapped: { a: [1, { b: 'ký "tự" \\ lạ\t' }] },
    raw_data: `sshd[${n}]: Failed password for root from 192.0.2.7 needle${n}`,
  }
}

const all = Array.from({ length: 600 }, (_, n) => eventOf(n))

/** Two stores of the same events: in one the middle third lies only in the archive, and was brought back. */
beforeAll(async () => {
  store = await openEmbeddedEventStore({ directory, clock: systemClock, log: silentLog })
  await store.define(eventTableStatements())
  await store.insert(eventTable, all.map(eventRow).join('\n'), 'all')
  stored = new EventService(store, systemClock)
  archived = new EventService(store, systemClock, () => Promise.resolve(reached))
})
afterAll(async () => {
  await store.close()
  rmSync(directory, { recursive: true, force: true })
})

const filters = [
  undefined,
  'severity_id>=4',
  'needle217',
  '"password for root" not severity_id:2',
  'message:"dang nhap"',
  'src_ip:192.0.2.0/24 or user:người.dùng.3',
  'observable:192.0.2.7 simulated:true',
  'time<2026-11-22T02:40:00Z product:ss*',
  'organisation_id:* or tlp:red or src_port>590',
]

/** Every page of a search, or why it was refused. */
async function pagesOf(service: EventService, who: Caller, filter: string | undefined) {
  const items: Event[] = []
  let cursor: string | undefined
  do {
    const page = await service.search(who, { ...range, filter, limit: 250, cursor })
    items.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return items
}

async function answers(service: EventService) {
  const found: unknown[] = []
  const narrow = [undefined, filters.at(-1)]
  for (const who of [whole, ministry]) {
    for (const filter of who === whole ? filters : narrow)
      found.push(await pagesOf(service, who, filter).catch((error: Error) => error.message))
    const { buckets, total } = await service.histogram(who, { ...range, buckets: 24 })
    found.push(buckets, total)
    found.push(await service.values(who, { ...range, field: 'user', limit: 20 }))
  }
  return found
}

test('archived events are found as stored ones are: same language, order, pages, scope; and are marked', async () => {
  const before = await answers(stored)
  const columns = eventColumns.map(({ name }) => name)
  const middle = `time >= '2026-11-22 02:33:20' AND time < '2026-11-22 03:06:40'`
  const select = `SELECT ${columns.join(', ')} FROM ${eventTable} WHERE ${middle} ORDER BY time, id`
  const bytes = await store.exportParquet(select, {})
  await store.importParquet(restoredTable, { bytes, columns, rows: 200 }, 'file')
  await store.define([
    `ALTER TABLE ${eventTable} DELETE WHERE ${middle} SETTINGS mutations_sync = 2`,
  ])
  expect((await stored.histogram(whole, { ...range, buckets: 24 })).total).toBe(400)

  expect(await answers(archived)).toEqual(before)

  const page = await archived.search(whole, { ...range, limit: 500 })
  expect(page.archive).toEqual(reached)
  const marked = all.slice(200, 400).map(({ id }) => id)
  expect(page.from_archive.toSorted()).toEqual(marked.toSorted())
  const few = await archived.search(ministry, { ...range, limit: 500 })
  expect(few.from_archive).toHaveLength(80)
  expect((await stored.search(whole, { ...range, limit: 5 })).archive).toBeNull()
}, 180_000)

test('an event that lies only in the archive is found by its id, by who may see it', async () => {
  const [red, foreign, own] = [eventOf(300), eventOf(301), eventOf(302)]
  expect(await archived.get(whole, red.id)).toEqual(red)
  expect(await archived.get(ministry, own.id)).toEqual(own)
  const none = expect.objectContaining({ code: 'event.not-found' })
  for (const { id } of [red, foreign])
    await expect(archived.get(ministry, id)).rejects.toEqual(none)
  await expect(stored.get(whole, own.id)).rejects.toEqual(none)
})
