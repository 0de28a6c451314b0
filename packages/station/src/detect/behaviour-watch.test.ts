import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import { eventRow } from '@haidang/contracts/event-row'
import { BehaviourDetector } from '@haidang/detection/behaviour/behaviour-detector'
import { type Observation, observationOf } from '@haidang/detection/behaviour/observation'
import { sampleEvent } from '@haidang/detection/sample-event'
import { systemScope } from '@haidang/runtime/database/database'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Life, lifeParts, live, unlive } from '../../tests/line-lives.ts'
import { MemoryStore } from '../keep/memory-store.ts'
import { stationMigrations } from '../migrations.ts'
import { BehaviourWatch } from './behaviour-watch.ts'
import type { Examined } from './examine-chunk.ts'
import type { Observed } from './observed.ts'

const ranges = 30
const perRange = 7
const start = Date.parse('2026-01-05T02:00:00Z')
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase([runtimeMigrations, stationMigrations])
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(() => unlive(database))

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
          class_uid: 4001,
          activity_id: 1,
          dst_endpoint: { ip: '203.0.113.9', port: 443 },
          tls: { sni: `goi-ve-${i}.example` },
        })
  })
  const observations: Observed<Observation>[] = events.flatMap((event, row) => {
    const observation = observationOf(event)
    const position = { segment: 1, offset: number * 10 + row }
    return observation ? [{ row, position, receivedAt: start, observation }] : []
  })
  const rows = new TextEncoder().encode(events.map(eventRow).join('\n'))
  return {
    rows,
    events: perRange,
    alerts: [],
    observations,
    fired: [],
    leases: [],
    costs: [],
    rejects: [],
    perSource: {},
  }
}

function life(until: number, snapshotEvery: number, more: Partial<Life> = {}): Promise<string[]> {
  const detector = new BehaviourDetector(BehaviourParameters.parse({}))
  const watch = new BehaviourWatch({ ...lifeParts, detector, snapshotEvery })
  return live(database, { watch, ranges, examinedOf, until, ...more })
}

test('killed at any range, before or after its transaction, the findings are those of one life', async () => {
  const whole = await life(ranges, 1e9)
  expect(new Set(whole.map((text) => text.split(' ')[1]))).toEqual(
    new Set(['behaviour:beacon', 'behaviour:password-spraying']),
  )
  for (const snapshotEvery of [1, 20, 1e9]) {
    await unlive(database)
    const pieces: string[] = []
    for (const until of [2, 3, 9, 17, 18, 25]) {
      pieces.push(...(await life(until, snapshotEvery, { early: until % 2 === 0 })))
    }
    pieces.push(...(await life(ranges, snapshotEvery)))
    expect(pieces).toEqual(whole)
  }
})

test('a transaction that fails is tried again without observing anything twice', async () => {
  const whole = await life(ranges, 20)
  await unlive(database)
  expect(await life(ranges, 20, { failures: 2 })).toEqual(whole)
})

test('a snapshot takes the place of the ranges before it', async () => {
  await life(ranges, 50)
  const { snapshot, ranges: kept } = await database.transact(systemScope, (tx) =>
    new MemoryStore().read(tx, 'behaviour'),
  )
  expect(snapshot).toBeDefined()
  expect(kept.length).toBeLessThan(50 / perRange + 1)
})
