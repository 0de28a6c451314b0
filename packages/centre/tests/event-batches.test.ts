import type { Event } from '@haidang/contracts/event'
import type { WholeEventRow } from '@haidang/contracts/event-row'
import { linkMigrations } from '@haidang/link/migrations'
import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { derivedId, idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test } from 'vitest'
import { centreMigrations } from '../src/migrations.ts'
import { BatchService, type StoredEvents } from '../src/modules/events/batch-service.ts'
import { BatchStore } from '../src/modules/events/batch-store.ts'

const now = '2026-03-01T00:00:00.000Z'
const peer = {
  station_id: 'sta_1',
  node_id: 'nod_child',
  organisation_id: 'org_child',
  name: 'c',
  fingerprint: 'f',
}

function eventOf(n: number, change: object = {}): Event {
  return {
    id: derivedId('event', Date.parse(now), 'nod_child', 1, n),
    organisation_id: 'org_claimed',
    tlp: 'amber',
    node_id: 'nod_claimed',
    source_id: 'src',
    time: now,
    received_time: now,
    class_uid: 3002,
    activity_id: 1,
    severity_id: 1,
    message: `m${n}`,
    metadata: { version: '1.6.0', product: 'p', parser: 'json', simulated: false },
    logsource: {},
    observables: [],
    unmapped: {},
    raw_data: 'x',
    ...change,
  }
}

/** Rows by token: the same token again changes nothing, as the port says. */
class MemoryEvents implements EventStore {
  readonly inserts = new Map<string, WholeEventRow[]>()
  attempts = 0
  /** Thrown by the next insert, after it took effect. */
  fails = false

  async define(): Promise<void> {}
  async ping(): Promise<void> {}
  async close(): Promise<void> {}
  async query<Row>(): Promise<Row[]> {
    return []
  }
  async insert(_table: string, lines: string | Uint8Array, token: string): Promise<void> {
    this.attempts += 1
    const rows = String(lines).split('\n')
    if (!this.inserts.has(token)) {
      this.inserts.set(
        token,
        rows.map((row) => JSON.parse(row) as WholeEventRow),
      )
    }
    if (this.fails) {
      this.fails = false
      throw new Error('cut off after it was stored')
    }
  }
  get rows(): WholeEventRow[] {
    return [...this.inserts.values()].flat()
  }
}

async function fixture() {
  const clock = new ManualClock(now)
  const newId = idsFrom(clock)
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations])
  const journal = createJournal({ database, clock, newId })
  const events = new MemoryEvents()
  const offered: StoredEvents[] = []
  const parts = { database, events, journal, clock, newId, store: new BatchStore(), log: silentLog }
  const service = () =>
    new BatchService({ ...parts, offer: async (_tx, stored) => void offered.push(stored) })
  const keep = (values: readonly object[]) =>
    database.transact(systemScope, (tx) =>
      service().keep(
        tx,
        peer,
        values.map((value, i) => ({
          kind: 'record' as const,
          first: i + 1,
          last: i + 1,
          line: JSON.stringify(value),
          value: value as Record<string, unknown>,
        })),
      ),
    )
  /** Runs until nothing waits. */
  const settle = async () => {
    const ended = new AbortController()
    const running = service().run(ended.signal)
    const deadline = performance.now() + 10_000
    const waiting = async () => (await database.asOwner('select id from event_batch')).rows.length
    while ((await waiting()) > 0) {
      if (performance.now() > deadline) throw new Error('it did not settle')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    ended.abort()
    await running
  }
  return { database, events, offered, keep, settle }
}

test('a batch is written once, though its first insert was cut off after it took effect; owner and node are the certificate’s', async () => {
  const node = await fixture()
  await using _database = node.database
  await node.keep([eventOf(1), eventOf(2), eventOf(3, { origin: { node: 'x', stream: 'events' } })])
  node.events.fails = true
  await node.settle()
  expect(node.events.attempts).toBe(2)
  expect(node.events.rows).toMatchObject([
    { organisation_id: 'org_child', node_id: 'nod_child', message: 'm1' },
    { organisation_id: 'org_child', node_id: 'nod_child', message: 'm2' },
    // Relayed: made by a node below the child.
    { organisation_id: 'org_child', node_id: 'nod_claimed', message: 'm3' },
  ])
  expect(node.offered).toHaveLength(1)
  expect(node.offered[0]?.sources.get('src')).toEqual({ events: 3, bytes: 3 })
})

test('what is no event or lies out of any time is counted with its cause, and the rest is kept', async () => {
  const node = await fixture()
  await using _database = node.database
  await node.keep([
    eventOf(1),
    { nothing: 'here' },
    eventOf(2, { received_time: '1999-01-01T00:00:00.000Z' }),
    eventOf(3, { time: '0001-01-01T00:00:00.000Z' }),
    eventOf(4, { class_uid: -1 }),
    eventOf(5, { http_response: { code: 70_000 } }),
  ])
  await node.settle()
  expect(node.events.rows.map(({ message }) => message)).toEqual(['m1'])
  const { rows } = await node.database.asOwner(
    `select after, reason from journal where type = 'events.refused'`,
  )
  expect(rows).toMatchObject([{ after: { refused: 5, of: 6 } }])
  expect(rows[0]?.reason).toContain('received_time')
})
