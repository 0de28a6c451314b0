import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Event } from '@haidang/contracts/event'
import { eventTable } from '@haidang/contracts/event-columns'
import { eventRow } from '@haidang/contracts/event-row'
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

const directory = mkdtempSync(join(tmpdir(), 'haidang-event-search-'))
const first = Date.parse('2026-11-22T02:00:00Z')
const range = { from: '2026-11-22T00:00:00Z', to: '2026-11-22T06:00:00Z' }
let store: EmbeddedEventStore
let events: EventService

function eventOf(n: number, change: Partial<Event> = {}): Event {
  const time = isoOf(first + n * 1000)
  return {
    id: derivedId('event', first, 'nod_a', 1, n),
    organisation_id: n % 2 === 0 ? ministryOrg : provinceOrg,
    tlp: n % 10 === 0 ? 'red' : 'amber',
    node_id: 'nod_a',
    source_id: 'src_a',
    time,
    received_time: time,
    class_uid: 3002,
    activity_id: 1,
    severity_id: (n % 5) + 1,
    message: n % 7 === 0 ? 'Đăng nhập thất bại' : `Failed password for root ${n}`,
    src_endpoint: {
      ip: n % 3 === 0 ? `192.0.2.${n % 250}` : '2001:db8::7',
      ...(n % 4 === 0 && {
        location: { country: 'VN' },
        autonomous_system: { number: 64_496 },
        system: { name: 'Cổng dịch vụ công' },
      }),
    },
    metadata: { version: '1.6.0', product: 'sshd', parser: 'sshd', simulated: true },
    logsource: {},
    observables: [{ type: 'ip', value: '192.0.2.7', name: 'src_endpoint.ip' }],
    unmapped: {},
    raw_data: `sshd[${n}]: Failed password for root from 192.0.2.7 needle${n}`,
    ...change,
  }
}

beforeAll(async () => {
  store = await openEmbeddedEventStore({ directory, clock: systemClock, log: silentLog })
  await store.define(eventTableStatements())
  const rows = Array.from({ length: 1000 }, (_, n) => eventRow(eventOf(n)))
  await store.insert(eventTable, rows.join('\n'), 'batch-1')
  events = new EventService(store, systemClock)
})
afterAll(async () => {
  await store.close()
  rmSync(directory, { recursive: true, force: true })
})

const everything = caller(centreOrg)
const ministry = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
const count = async (filter: string, who = everything) =>
  (await events.histogram(who, { ...range, filter, buckets: 24 })).total

test('pages run newest first through the whole range, without a repeat', async () => {
  const times: string[] = []
  const ids = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await events.search(everything, { ...range, limit: 300, cursor })
    for (const { id, time } of page.items) {
      ids.add(id)
      times.push(time)
    }
    cursor = page.next ?? undefined
  } while (cursor)
  expect(ids.size).toBe(1000)
  expect(times).toEqual(times.toSorted().toReversed())
})

test('an organisation finds its own events up to its clearance, in every kind of question', async () => {
  const page = await events.search(ministry, { ...range, limit: 500 })
  expect(page.items).toHaveLength(400)
  expect(
    page.items.every(
      ({ organisation_id, tlp }) => organisation_id === ministryOrg && tlp === 'amber',
    ),
  ).toBe(true)
  expect(await count('', ministry)).toBe(400)
  const { values } = await events.values(ministry, {
    ...range,
    field: 'organisation_id',
    limit: 10,
  })
  expect(values).toEqual([{ value: ministryOrg, count: 400 }])
  await expect(events.get(ministry, eventOf(1).id)).rejects.toThrow(
    expect.objectContaining({ code: 'event.not-found' }),
  )
  const all = 'organisation_id:* or not tlp_x:1'
  await expect(events.search(ministry, { ...range, limit: 5, filter: all })).rejects.toThrow(
    expect.objectContaining({ code: 'filter.invalid' }),
  )
  expect(await count('organisation_id:* or simulated:true', ministry)).toBe(400)
})

test('every kind of field compares as it should', async () => {
  expect(await count('severity_id>=4')).toBe(400)
  expect(await count('needle17')).toBe(1)
  expect(await count('"password for root"')).toBe(1000)
  expect(await count('message:"dang nhap"')).toBe(143)
  expect(await count('"đăng nhập"')).toBe(143)
  expect(await count('src_ip:192.0.2.0/24')).toBe(334)
  expect(await count('src_ip:2001:db8::7')).toBe(666)
  expect(await count('observable:192.0.2.7')).toBe(1000)
  expect(await count('product:ss* not needle17')).toBe(999)
  expect(await count('time<2026-11-22T02:00:10Z')).toBe(10)
  expect(await count('simulated:false')).toBe(0)
})

test('what the station added is searched like the rest', async () => {
  expect(await count('src_country:VN')).toBe(250)
  expect(await count('src_country:""')).toBe(750)
  expect(await count('src_asn:64496 system:"Cổng dịch vụ công"')).toBe(250)
  expect(await count('system:"Cổng dịch vụ"')).toBe(0)
  expect(await count('dst_country:VN')).toBe(0)
  const { values } = await events.values(everything, { ...range, field: 'system', limit: 10 })
  expect(values).toEqual([{ value: 'Cổng dịch vụ công', count: 250 }])
})

test('a table of an earlier version gets the columns it lacks and keeps its rows', async () => {
  await store.define([`ALTER TABLE ${eventTable} DROP COLUMN systems`])
  await store.define(eventTableStatements())
  expect(await count('')).toBe(1000)
  expect(await count('system:"Cổng dịch vụ công"')).toBe(0)
})

test('what people type never becomes SQL', async () => {
  const hostile = [
    "' OR 1=1 --",
    "x') OR (1=1",
    '{p0:String}',
    "\\' UNION SELECT 1 --",
    '`; DROP TABLE event; --',
    '%_\\',
    '\u0000',
  ]
  for (const value of hostile) {
    for (const field of ['', 'user:', 'message:', 'observable:']) {
      const filter = `${field}"${value.replace(/(["\\])/g, '\\$1')}"`
      expect([filter, await count(filter)]).toEqual([filter, 0])
    }
  }
  for (const filter of ['severity_id:1;drop', 'src_ip:"1) or (1=1"', 'time:now()', '1=1:2 x:y']) {
    await expect(count(filter)).rejects.toThrow(expect.objectContaining({ code: 'filter.invalid' }))
  }
  expect(await count('')).toBe(1000)
})

test('one event is found by its id with its record', async () => {
  const found = await events.get(everything, eventOf(7).id)
  expect(found).toEqual(eventOf(7))
})

test('a broken cursor and an empty range are refused', async () => {
  const search = (change: object) => events.search(everything, { ...range, limit: 5, ...change })
  await expect(search({ cursor: 'rubbish' })).rejects.toThrow(
    expect.objectContaining({ code: 'cursor.invalid' }),
  )
  await expect(search({ from: range.to, to: range.from })).rejects.toThrow(
    expect.objectContaining({ code: 'request.invalid' }),
  )
})

test('stored records come back whole, page by page, newest first, within what the asker may see', async () => {
  const pageOf = (cursor?: string) =>
    events.records(ministry.scope, { ...range, limit: 150, ...(cursor && { cursor }) })
  const first = await pageOf()
  const second = await pageOf(first.next ?? undefined)
  const third = await pageOf(second.next ?? undefined)
  const all = [first, second, third].flatMap(({ items }) => items)
  expect(third.next).toBeNull()
  expect(new Set(all.map(({ id }) => id)).size).toBe(400)
  expect(await events.count(ministry.scope, range)).toBe(400)
  const { id, time, raw_data, message, tlp } = eventOf(998)
  const [newest] = all
  expect(newest).toMatchObject({ id, raw_data, message, parser: 'sshd', logsource: {} })
  expect(newest?.time).toBe(Date.parse(time))
  expect(newest?.tlp_rank).toBe(['clear', 'green', 'amber'].indexOf(tlp))
})
