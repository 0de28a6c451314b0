import { CorrelationParameters } from '@haidang/contracts/correlation-parameters'
import { eventRow } from '@haidang/contracts/event-row'
import { Detector } from '@haidang/detection/detector'
import { noIndicators } from '@haidang/detection/indicators/indicator-tables'
import { sampleEvent } from '@haidang/detection/sample-event'
import { compileRules, type RuleSet } from '@haidang/detection/sigma/rule-set'
import { systemScope } from '@haidang/runtime/database/database'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Life, lifeParts, live, unlive } from '../../tests/line-lives.ts'
import { MemoryStore } from '../keep/memory-store.ts'
import { stationMigrations } from '../migrations.ts'
import { CorrelationWatch } from './correlation-watch.ts'
import { type Examined, joinExamined } from './examine-chunk.ts'

const ranges = 30
const perRange = 7
const start = Date.parse('2026-01-05T02:00:00Z')
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase([runtimeMigrations, stationMigrations])
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(() => unlive(database))

const base = (id: string, word: string) => `title: ${id}
id: ${id}
logsource: { product: thu }
detection: { keywords: ['${word}'], condition: keywords }
`
const correlation = (id: string, rule: string, gte: number) => `title: ${id}
id: ${id}
level: high
correlation: { type: event_count, rules: [${rule}], group-by: [user.name], timespan: 20m, condition: { gte: ${gte} } }
`
const guessing = [base('sai', 'sai-mat-khau'), correlation('doan', 'sai', 9)].join('---\n')
const before = compiled(guessing, [base('la', 'dang-nhap'), correlation('nhieu', 'la', 2)])
/** Another rule stands before the one that stays, so that its position is another; `nhieu` means something else. */
const after = compiled(guessing, [base('la', 'dang-nhap'), correlation('nhieu', 'la', 3)], 'dau')

function compiled(guessed: string, others: readonly string[], first?: string): RuleSet {
  const rules = compileRules([
    { path: 'b.yml', text: guessed },
    { path: 'c.yml', text: others.join('---\n') },
    ...(first === undefined ? [] : [{ path: 'a.yml', text: base(first, first) }]),
  ])
  expect(rules.entries.flatMap(({ problem }) => problem ?? [])).toEqual([])
  return rules
}

/** Events `from` to before `to` of a range, as a thread with a rule set examines them. */
function chunkOf(rules: RuleSet, range: number, from: number, to: number): Examined {
  const detector = new Detector(rules, noIndicators())
  const chosen = Array.from({ length: to - from }, (_, i) => from + i)
  const events = chosen.map((i) => {
    const number = range * perRange + i
    const time = new Date(start + number * 40_000).toISOString()
    return sampleEvent({
      id: `evt-${number}`,
      time,
      received_time: time,
      logsource: { product: 'thu' },
      user: { name: `nv-${number % 3}` },
      message: number % 5 === 0 ? 'dang-nhap' : 'sai-mat-khau',
      raw_data: number % 5 === 0 ? 'dang-nhap' : 'sai-mat-khau',
    })
  })
  const observed = events.flatMap((event, row) => {
    detector.examine({ event, record: { message: event.message, 'user.name': event.user?.name } })
    const position = { segment: 1, offset: range * 10 + from + row }
    return detector.observations.map((observation) => ({
      row,
      position,
      receivedAt: start,
      observation,
    }))
  })
  const { version, correlations: plan } = rules
  return {
    rows: new TextEncoder().encode(events.map(eventRow).join('\n')),
    events: events.length,
    alerts: [],
    observations: [],
    leases: [],
    fired: [{ version, plan, observed }],
    costs: [],
    rejects: [],
    perSource: {},
  }
}

const always = (rules: RuleSet) => (range: number) => chunkOf(rules, range, 0, perRange)

/** Rules change while a range is examined: a thread still has the old ones for its last events. */
function changing(range: number): Examined {
  if (range !== 14) return chunkOf(range < 14 ? before : after, range, 0, perRange)
  return joinExamined([
    chunkOf(before, range, 0, 2),
    chunkOf(after, range, 2, 5),
    chunkOf(before, range, 5, 7),
  ])
}

function life(
  until: number,
  snapshotEvery: number,
  examinedOf: Life['examinedOf'],
  more: Partial<Life> = {},
): Promise<string[]> {
  const parameters = CorrelationParameters.parse({ silence: 'none' })
  const watch = new CorrelationWatch({ ...lifeParts, parameters, snapshotEvery })
  return live(database, { watch, ranges, examinedOf, until, ...more })
}

async function killed(snapshotEvery: number, examinedOf: Life['examinedOf']): Promise<string[]> {
  await unlive(database)
  const pieces: string[] = []
  for (const until of [2, 3, 9, 13, 14, 17, 18, 25]) {
    const early = until % 2 === 0
    pieces.push(...(await life(until, snapshotEvery, examinedOf, { early })))
  }
  return [...pieces, ...(await life(ranges, snapshotEvery, examinedOf))]
}

const rulesOf = (alerts: readonly string[]) => new Set(alerts.map((text) => text.split(' ')[1]))
const ofRule = (alerts: readonly string[], id: string) =>
  alerts.filter((a) => a.includes(` ${id} `))

test('killed at any range, before or after its transaction, the findings are those of one life', async () => {
  const whole = await life(ranges, 1e9, always(before))
  expect(rulesOf(whole)).toEqual(new Set(['doan', 'nhieu']))
  for (const snapshotEvery of [1, 20, 1e9]) {
    expect(await killed(snapshotEvery, always(before))).toEqual(whole)
  }
})

test('rules that change midway leave a correlation that means the same as it was, also over kills', async () => {
  const unchanged = await life(ranges, 1e9, always(before))
  await unlive(database)
  const changed = await life(ranges, 1e9, changing)
  expect(ofRule(changed, 'doan')).toEqual(ofRule(unchanged, 'doan'))
  expect(ofRule(changed, 'nhieu').length).toBeLessThan(ofRule(unchanged, 'nhieu').length)
  for (const snapshotEvery of [20, 1e9]) {
    expect(await killed(snapshotEvery, changing)).toEqual(changed)
  }
})

test('a transaction that fails is tried again without observing anything twice', async () => {
  const whole = await life(ranges, 20, changing)
  await unlive(database)
  expect(await life(ranges, 20, changing, { failures: 2 })).toEqual(whole)
})

test('a damaged memory is left behind, and the next range begins a new one', async () => {
  await life(12, 1e9, always(before))
  await database.transact(systemScope, (tx) =>
    tx.execute(`update detection_snapshot set body = '\\x00'`),
  )
  const later = await life(ranges, 1e9, always(before))
  expect(rulesOf(later)).toEqual(new Set(['doan', 'nhieu']))
  const kept = await database.transact(systemScope, (tx) =>
    new MemoryStore().read(tx, 'correlation'),
  )
  expect(kept.snapshot?.length).toBeGreaterThan(1)
  expect(kept.ranges.length).toBe(ranges - 14)
})
