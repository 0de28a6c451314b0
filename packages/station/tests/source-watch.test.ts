import type { Alert } from '@haidang/contracts/alert'
import { wholeAlert } from '@haidang/contracts/written-alert'
import { isoOf, ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { Metrics } from '@haidang/runtime/metrics'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Refusals } from '../src/collect/refusals.ts'
import { SourceBook } from '../src/collect/source-book.ts'
import { SourcePulses } from '../src/collect/source-pulse.ts'
import { Weeks } from '../src/expect/hour-of-week.ts'
import { HourStore } from '../src/expect/hour-store.ts'
import { RhythmBook } from '../src/expect/rhythm-book.ts'
import { watchedHour } from '../src/expect/rhythm-tables.ts'
import { SilenceStore } from '../src/expect/silence-store.ts'
import { SourceWatch } from '../src/expect/source-watch.ts'
import { LineStore } from '../src/keep/line-store.ts'
import { SourceStore } from '../src/keep/source-store.ts'
import type { SourceRow } from '../src/keep/station-tables.ts'
import { stationMigrations } from '../src/migrations.ts'
import { sourceRow } from './source-row.ts'

const id = 'src_0192f0c1-0000-7000-8000-000000000001'
const hour = 3_600_000
/** Monday 2 March 2026 at ten, UTC. */
const begin = 1_772_445_600_000
const firewall = sourceRow({ id, name: 'firewall', created_at: isoOf(begin - 40 * 24 * hour) })

let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase([runtimeMigrations, stationMigrations])
})
afterEach(() => database[Symbol.asyncDispose]())

/** A station on the test's database; another one on the same is its next life. */
function stationAt(start: number) {
  const clock = new ManualClock(isoOf(start))
  const newId = idsFrom(clock)
  const pulses = new SourcePulses()
  const refusals = new Refusals(clock)
  const book = new SourceBook(refusals)
  const metrics = new Metrics({ process: false })
  const alerts: Alert[] = []
  const silences = new SilenceStore()
  const hours = new HourStore()
  const problems = new Map<string, string>()
  const weeks = new Weeks()
  const watch = new SourceWatch({
    database,
    clock,
    newId,
    book,
    refusals,
    metrics,
    hours,
    journal: createJournal({ database, clock, newId, log: silentLog }),
    store: silences,
    rhythms: new RhythmBook(hours, silences, weeks),
    weeks,
    holidays: async () => ({ zone: 'Asia/Ho_Chi_Minh', days: new Set() }),
    sources: new SourceStore(),
    line: {
      isRunning: true,
      intake: { diskFullAt: 0, pulse: (source) => pulses.of(source, clock.now()) },
      problem: (source) => problems.get(source.id),
    },
    node: { id: 'nod_1', simulated: false },
    ports: { onAlerts: async (_tx, more) => void alerts.push(...more.map(wholeAlert)) },
  })
  const have = (change: Partial<SourceRow> = {}) => book.load([{ ...firewall, ...change }])
  have()
  return {
    clock,
    watch,
    refusals,
    alerts,
    have,
    metrics,
    problems,
    book,
    send: (records: number) => pulses.beat(id, '192.0.2.1', records, clock.now()),
    drop: () => pulses.lost(id, clock.now()),
    /** So many minutes pass, the watch looking every one; records come in each. */
    pass: async (minutes: number, records = 0) => {
      for (let minute = 0; minute < minutes; minute++) {
        clock.advance(60_000)
        if (records > 0) pulses.beat(id, '192.0.2.1', records, clock.now())
        await watch.tick()
      }
    },
    state: () => watch.of(book.get(id) ?? firewall),
    list: () => database.transact(systemScope, (tx) => silences.list(tx, { limit: 100 })),
  }
}

/** Four weeks in which ten records came each minute of every hour. */
async function learned(until: number): Promise<void> {
  const store = new HourStore()
  const last = Math.floor(until / hour)
  await database.transact(systemScope, async (tx) => {
    const hours = Array.from({ length: 4 * 168 }, (_, n) => {
      const firstAt = (last - 1 - n) * hour + 6000
      const lastAt = firstAt + hour - 12_000
      return {
        sourceId: id,
        hour: last - 1 - n,
        records: 600,
        firstAt,
        lastAt,
        longest: 12_000,
      }
    })
    await store.add(tx, hours, () => 'org')
    await tx
      .insert(watchedHour)
      .values(
        hours.map((one) => ({ hour: one.hour, seconds: 3600, until: isoOf(one.lastAt + 6000) })),
      )
  })
}

test('a source that stops is quiet, with an alert, and its silence ends with the first record', async () => {
  await learned(begin)
  const station = stationAt(begin)
  await station.pass(3, 10)
  expect(station.state()).toMatchObject({ state: 'active', usual: 600, quietAfter: 120 })
  const lastAt = station.clock.now()
  await station.pass(3)
  expect(station.state()).toMatchObject({ state: 'quiet', why: { cause: 'unknown' } })
  expect(station.alerts).toMatchObject([
    { detector: 'silence', source_id: id, entity: 'firewall', time: isoOf(lastAt) },
  ])
  await station.pass(27)
  const back = station.clock.now() + 60_000
  await station.pass(1, 10)
  expect(station.state()).toMatchObject({ state: 'active', open: undefined })
  expect((await station.list()).items).toMatchObject([
    {
      kind: 'quiet',
      source_name: 'firewall',
      from: isoOf(lastAt),
      to: isoOf(back),
      cause: 'unknown',
      usual: 310,
      received: 0,
    },
  ])
  expect((await station.metrics.expose()).text).toContain('haidang_sources{state="active"} 1')
  await station.pass(5)
  expect(station.state().state).toBe('quiet')
  expect(station.alerts).toHaveLength(1)
})

test('a silence goes on over a restart, and the stop of the station is a stretch of its own', async () => {
  await learned(begin)
  const first = stationAt(begin)
  await first.pass(2, 10)
  await first.pass(4)
  const from = first.state().open?.from
  const again = stationAt(first.clock.now() + 30_000)
  await again.watch.tick()
  expect(again.state()).toMatchObject({ state: 'quiet', open: { from } })
  expect(again.alerts).toEqual([])
  await again.pass(2, 10)
  const stoppedAt = again.clock.now()
  const tally = { parsed: 1, rejected: 0, bytes: 1, lastTime: stoppedAt }
  await database.transact(systemScope, (tx) => new LineStore().count(tx, 'org', id, tally))
  const later = stationAt(stoppedAt + 2 * hour)
  await later.watch.tick()
  expect(later.state().state).toBe('active')
  expect((await later.list()).items[0]).toMatchObject({
    kind: 'stopped',
    cause: 'station-stopped',
    received: 0,
    to: isoOf(later.clock.now()),
  })
})

test('the cause is told when it becomes known: a refused sender, drops, a way in out of order', async () => {
  const station = stationAt(begin)
  await station.pass(1, 10)
  await station.pass(7)
  expect(station.state()).toMatchObject({ state: 'quiet', usual: undefined })
  expect(station.alerts).toEqual([])
  station.refusals.note('syslog-tls', '198.51.100.7', 'tls')
  expect(station.state().why.cause).toBe('unknown')
  station.refusals.note('syslog-tls', '192.0.2.1', 'tls', 'CERT_HAS_EXPIRED')
  await station.pass(1)
  const cause = { cause: 'certificate-expired', detail: '192.0.2.1 ×1 CERT_HAS_EXPIRED' }
  expect(station.state().why).toEqual(cause)
  await station.pass(30)
  expect(station.state().why).toEqual(cause)
  station.problems.set(id, 'cannot listen on tcp 127.0.0.1:6514: Error: listen EADDRINUSE')
  await station.pass(1)
  expect(station.state()).toMatchObject({ state: 'failed', why: { cause: 'port-in-use' } })
  expect((await station.list()).items).toMatchObject([{ kind: 'quiet', cause: 'port-in-use' }])
})

test('a paused source is no alarm and is not learned from; a removed one lacks nothing', async () => {
  await learned(begin)
  const station = stationAt(begin)
  await station.pass(1, 10)
  station.have({ paused: true })
  await station.pass(10)
  expect(station.state()).toMatchObject({ state: 'paused', why: { cause: 'paused' } })
  expect(station.watch.states()).toEqual(new Map([[id, 'paused']]))
  station.have()
  await station.pass(1, 10)
  expect((await station.list()).items).toMatchObject([{ kind: 'paused', cause: 'paused' }])
  await station.pass(5)
  expect(station.state().state).toBe('quiet')
  station.have({ removed_at: station.clock.iso() })
  await station.pass(1)
  const { items } = await station.list()
  expect(items.map(({ to }) => to)).not.toContain(null)
  expect(station.alerts).toHaveLength(1)
})

test('a source that sends a twentieth lacks the rest, counted', async () => {
  await learned(begin)
  const station = stationAt(begin)
  await station.pass(59, 10)
  await station.pass(1, 10)
  await station.pass(120, 1)
  expect(station.state().state).toBe('reduced')
  const [silence] = (await station.list()).items
  expect(silence).toMatchObject({ kind: 'reduced', to: null, from: isoOf(begin + hour) })
  expect(silence?.usual).toBeGreaterThan(1100)
  expect(silence?.received).toBeLessThan(140)
  await station.pass(30, 10)
  expect(station.state().state).toBe('active')
})

test('a source that never sent waits for its first record', async () => {
  const station = stationAt(begin)
  await station.pass(30)
  expect(station.state()).toMatchObject({ state: 'quiet', why: { cause: 'never-sent' } })
  station.refusals.note('syslog-tls', '192.0.2.9', 'token')
  expect(station.state().why.cause).toBe('token-wrong')
  expect((await station.list()).items).toEqual([])
})
