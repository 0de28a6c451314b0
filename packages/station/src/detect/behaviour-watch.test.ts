import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import { eventRow } from '@haidang/contracts/event-columns'
import { BehaviourDetector } from '@haidang/detection/behaviour/behaviour-detector'
import { observationOf } from '@haidang/detection/behaviour/observation'
import { sampleEvent } from '@haidang/detection/sample-event'
import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import type { SpoolPosition, SpoolRange } from '@haidang/runtime/spool/spool'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { BehaviourStore } from '../keep/behaviour-store.ts'
import { Keeper } from '../keep/keep-range.ts'
import { LineStore } from '../keep/line-store.ts'
import { stationMigrations } from '../migrations.ts'
import { Perseverance } from '../persevere.ts'
import { runPipeline } from '../pipeline.ts'
import { BehaviourWatch } from './behaviour-watch.ts'
import type { Examined, Observed } from './examine-chunk.ts'

const ranges = 30
const perRange = 7
const start = Date.parse('2026-01-05T02:00:00Z')
const store = new BehaviourStore()
const lines = new LineStore()
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase([runtimeMigrations, stationMigrations])
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  await database.transact(systemScope, async (tx) => {
    await tx.execute('delete from behaviour_snapshot')
    await tx.execute('delete from behaviour_range')
    await tx.execute('delete from line_checkpoint')
  })
})

function rangeAt(number: number): SpoolRange {
  const at = (offset: number) => ({ segment: 1, offset })
  return { from: at(number * 10), to: at(number * 10 + 10), token: `t${number}`, records: [] }
}

/** Failing logons and a beacon, spread over all ranges: each range alone would show nothing. */
function examinedOf(number: number): Examined {
  const events = Array.from({ length: perRange }, (_, i) => {
    const time = new Date(start + (number * perRange + i) * 40_000).toISOString()
    const parts = { time, received_time: time, src_endpoint: { ip: `10.0.0.${i % 3}` } }
    return i % 2 === 0
      ? sampleEvent({
          ...parts,
          class_uid: 3002,
          activity_id: 1,
          status: 'failure',
          user: { name: `nv-${(number + i) % 40}` },
        })
      : sampleEvent({
          ...parts,
          class_uid: 4014,
          activity_id: 1,
          dst_endpoint: { ip: '203.0.113.9', port: 443 },
          tls: { sni: `goi-ve-${i}.example` },
        })
  })
  const observations: Observed[] = events.flatMap((event, row) => {
    const observation = observationOf(event)
    const position = { segment: 1, offset: number * 10 + row }
    return observation ? [{ row, position, receivedAt: start, observation }] : []
  })
  const rows = new TextEncoder().encode(events.map(eventRow).join('\n'))
  return { rows, events: perRange, alerts: [], observations, rejects: [], perSource: {} }
}

interface Life {
  /** Range after whose transaction the process dies; before it, with `early`. */
  readonly until: number
  readonly early?: boolean
  readonly snapshotEvery: number
  readonly failures?: number
}

/** One life of a station, from the checkpoint until it is killed: the alerts of transactions that took effect. */
async function live(life: Life): Promise<string[]> {
  const detector = new BehaviourDetector(BehaviourParameters.parse({}))
  const parts = { database, clock: systemClock, log: silentLog, nodeId: 'nod' }
  const watch = new BehaviourWatch({ ...parts, detector, store, snapshotEvery: life.snapshotEvery })
  await watch.resume()
  const raised: string[] = []
  let failures = life.failures ?? 0
  const stop = new AbortController()
  const keeper = new Keeper({
    ...parts,
    lines,
    rejects: { add: async () => undefined } as never,
    blobs: {} as never,
    book: { get: () => undefined } as never,
    behaviour: watch,
    behaviourStore: store,
    organisationId: 'org',
    ports: {
      onAlerts: async (_tx, alerts) => {
        if (failures-- > 0) throw new Error('the database is away')
        raised.push(...alerts.map(({ id, rule, severity }) => `${id} ${rule.id} ${severity}`))
      },
    },
  })
  await runPipeline(
    {
      resume: async () =>
        (await database.transact(systemScope, (tx) => lines.checkpoint(tx)))?.position,
      cut: async (from: SpoolPosition | undefined) => {
        const number = (from?.offset ?? 0) / 10
        return number < ranges ? rangeAt(number) : undefined
      },
      examine: async (range) => examinedOf(range.from.offset / 10),
      insert: async () => undefined,
      keep: async (range, examined) => {
        const number = range.from.offset / 10
        if (number === life.until && life.early) {
          await watch.watch(range, examined)
          stop.abort()
          throw new Error('killed before the transaction')
        }
        await keeper.keep(range, examined)
        if (number === life.until) stop.abort()
      },
      release: async () => undefined,
      persevere: (step, work) => new Perseverance(silentLog, stop.signal).run(step, work),
    },
    stop.signal,
  )
  return raised
}

test('killed at any range, before or after its transaction, the findings are those of one life', async () => {
  const whole = await live({ until: ranges, snapshotEvery: 1e9 })
  expect(new Set(whole.map((text) => text.split(' ')[1]))).toEqual(
    new Set(['behaviour:beacon', 'behaviour:password-spraying']),
  )
  for (const snapshotEvery of [1, 20, 1e9]) {
    await database.transact(systemScope, async (tx) => {
      await tx.execute('delete from behaviour_snapshot')
      await tx.execute('delete from behaviour_range')
      await tx.execute('delete from line_checkpoint')
    })
    const pieces: string[] = []
    for (const until of [2, 3, 9, 17, 18, 25]) {
      pieces.push(...(await live({ until, early: until % 2 === 0, snapshotEvery })))
    }
    pieces.push(...(await live({ until: ranges, snapshotEvery })))
    expect(pieces).toEqual(whole)
  }
})

test('a transaction that fails is tried again without observing anything twice', async () => {
  const whole = await live({ until: ranges, snapshotEvery: 20 })
  await database.transact(systemScope, async (tx) => {
    await tx.execute('delete from behaviour_snapshot')
    await tx.execute('delete from behaviour_range')
    await tx.execute('delete from line_checkpoint')
  })
  expect(await live({ until: ranges, snapshotEvery: 20, failures: 2 })).toEqual(whole)
})

test('a snapshot takes the place of the ranges before it', async () => {
  await live({ until: ranges, snapshotEvery: 50 })
  const { snapshot, ranges: kept } = await database.transact(systemScope, (tx) => store.read(tx))
  expect(snapshot).toBeDefined()
  expect(kept.length).toBeLessThan(50 / perRange + 1)
})
