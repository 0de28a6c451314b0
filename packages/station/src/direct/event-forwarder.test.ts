import type { Event } from '@haidang/contracts/event'
import { eventRow, type WholeEventRow } from '@haidang/contracts/event-row'
import { BoxStore } from '@haidang/link/boxes/box-store'
import { Outbox, upKey } from '@haidang/link/boxes/outbox'
import { EnvelopeStore } from '@haidang/link/envelopes/envelope-store'
import { linkMigrations } from '@haidang/link/migrations'
import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { stationMigrations } from '../migrations.ts'
import { EventForwarder } from './event-forwarder.ts'
import { MonitoringStore } from './monitoring-store.ts'

const at = '2026-03-01T00:00:00.000Z'

function eventOf(n: number): Event {
  return {
    id: `evt_019a0000-0000-8000-8000-${String(n).padStart(12, '0')}`,
    organisation_id: 'org',
    tlp: 'amber',
    node_id: 'nod',
    source_id: 'src',
    message: `m${n}`,
    time: at,
    received_time: at,
    class_uid: 0,
    activity_id: 0,
    severity_id: 0,
    metadata: { version: '1.6.0', product: 'p', parser: 'json', simulated: false },
    logsource: {},
    observables: [],
    unmapped: {},
    raw_data: 'x'.repeat(300),
  }
}

/** An event store that holds these events under their tokens, and answers the questions asked here. */
class HeldEvents implements EventStore {
  readonly held = new Map<string, Event[]>()

  async define(): Promise<void> {}
  async insert(): Promise<void> {}
  async ping(): Promise<void> {}
  async close(): Promise<void> {}

  async query<Row>(sql: string, parameters: Readonly<Record<string, unknown>>): Promise<Row[]> {
    const { token, after, until = '~' } = parameters as Record<string, string>
    const found = (this.held.get(token ?? '') ?? []).filter(
      ({ id }) => id > (after ?? '') && id <= until,
    )
    if (sql.includes('LIMIT')) {
      return found.slice(0, 1000).map(({ id }) => ({ id, size: 400 })) as Row[]
    }
    return found.map((event) => JSON.parse(eventRow(event)) as WholeEventRow) as Row[]
  }
}

async function fixture(quotaRecords: number) {
  const database = await testDatabase([runtimeMigrations, linkMigrations, stationMigrations])
  const boxes = new BoxStore(systemClock)
  const quotas = {
    alerts: unbounded,
    messages: unbounded,
    sightings: unbounded,
    events: { ...unbounded, records: quotaRecords },
  }
  const outbox = new Outbox({ boxes, envelopes: new EnvelopeStore(systemClock), quotas })
  const store = new MonitoringStore()
  const events = new HeldEvents()
  await database.transact(systemScope, (tx) => boxes.open(tx, upKey('events')))
  const offer = (token: string, records: number) =>
    database.transact(systemScope, (tx) =>
      store.offer(tx, {
        token,
        sources: ['src'],
        from_time: at,
        to_time: at,
        records,
        bytes: records * 400,
      }),
    )
  const lines = async () => {
    const { rows } = await database.asOwner(
      `select seq::int as seq, last_seq::int as last, dropped::int as dropped, line from link_box_record order by seq`,
    )
    return rows.map(({ seq, last, dropped, line }) =>
      dropped > 0 ? `${seq}-${last}: ${line}` : JSON.parse(line).message,
    )
  }
  const forwarder = () =>
    new EventForwarder({ database, events, store, outbox, nodeId: 'nod', log: silentLog })
  return { database, events, offer, lines, forwarder, boxes }
}
const unbounded = { records: 1_000_000, bytes: 1024 ** 3, gives: 'oldest' as const }

async function all(forwarder: EventForwarder): Promise<void> {
  while (await forwarder.step());
}

test('offers go in their order, page by page and once, also when another forwarder goes on; what is gone is told', async () => {
  const node = await fixture(1_000_000)
  await using _database = node.database
  node.events.held.set(
    'a',
    Array.from({ length: 1500 }, (_, n) => eventOf(n)),
  )
  node.events.held.set('b', [eventOf(2000), eventOf(2001)])
  await node.offer('a', 1500)
  await node.offer('b', 5)
  await node.forwarder().step()
  await all(node.forwarder())
  expect(await node.lines()).toEqual([
    ...Array.from({ length: 1500 }, (_, n) => `m${n}`),
    ...['m2000', 'm2001', '1503-1505: the event store had let them go'],
  ])
})

test('what waits beyond the quota gives way, oldest first, and every number is told', async () => {
  const node = await fixture(100)
  await using _database = node.database
  for (const token of ['a', 'b', 'c']) {
    const base = token.charCodeAt(0) * 100
    node.events.held.set(
      token,
      Array.from({ length: 60 }, (_, n) => eventOf(base + n)),
    )
    await node.offer(token, 60)
  }
  await all(node.forwarder())
  const told = await node.lines()
  expect(told.slice(0, 2)).toEqual([
    '1-60: the quota of the bulk lane was full',
    '61-120: the quota of the bulk lane was full',
  ])
  expect(told.slice(2)).toEqual(Array.from({ length: 60 }, (_, n) => `m${9900 + n}`))
})
