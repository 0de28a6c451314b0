import { expect, test } from 'vitest'
import { Correlator } from './correlator.ts'
import { count, planOf, seen, snapshotOf } from './sample-plan.ts'

test('a window holds an event exactly one time span old, and none older', () => {
  const correlator = new Correlator(planOf(count))
  const times = [0, 1, 60_000, 60_001, 60_002, 120_002]
  expect(times.map((time) => correlator.observe(seen('a', time)).length)).toEqual([
    0, 0, 1, 1, 1, 0,
  ])
  expect(new Correlator(planOf(count)).observe(seen('a', Number.NaN))).toEqual([])
})

test('a finding tells the window: first and last events, how many, and since when', () => {
  const correlator = new Correlator(planOf(count))
  let last = correlator.observe(seen('A', 0))
  for (let time = 1; time <= 200; time++)
    last = correlator.observe(seen(time % 2 ? 'a' : 'A', time))
  expect(last).toMatchObject([
    { group: ['A'], subject: 'at 200', count: 201, value: 201, since: 0 },
  ])
  const { subjects } = last[0] ?? { subjects: [] }
  expect([subjects.length, subjects[0], subjects[31], subjects[32], subjects[63]]).toEqual([
    64,
    'at 0',
    'at 31',
    'at 169',
    'at 200',
  ])
})

test('what exceeds the bounds goes stalest first and is counted', () => {
  const correlator = new Correlator(planOf(count), { mostGroups: 2 })
  const observe = (group: string, time: number) => correlator.observe(seen(group, time)).length
  observe('a', 1)
  observe('b', 2)
  observe('a', 3)
  observe('c', 4)
  expect(correlator.counts).toMatchObject({ groups: 2, evicted: 1 })
  expect(observe('a', 5)).toBe(1)
  expect(correlator.counts).toMatchObject({ groups: 2, evicted: 1 })

  const small = new Correlator(planOf(count), { mostBytes: 20_000 })
  for (let i = 0; i < 10_000; i++) small.observe(seen(`group ${i}`, i))
  expect(small.counts.bytes).toBeLessThanOrEqual(20_000)
  expect(small.counts.evicted).toBeGreaterThan(9_000)
})

test('what no later event can need is forgotten by itself, and is not counted as evicted', () => {
  const correlator = new Correlator(planOf(count), { lateness: 1_000 })
  for (let i = 0; i < 5_000; i++) correlator.observe(seen(`group ${i}`, i * 1_000))
  expect(correlator.counts.groups).toBeLessThan(300)
  expect(correlator.counts.evicted).toBe(0)
})

test('an event later than allowed is left out and counted; one clock ahead makes no one late', () => {
  const correlator = new Correlator(planOf(count), { lateness: 1_000 })
  for (let i = 0; i < 200; i++) correlator.observe(seen('a', 1_000_000 + i * 10))
  correlator.observe(seen('ahead', 9_000_000))
  correlator.observe(seen('a', 1_002_000))
  expect(correlator.counts.late).toBe(0)
  correlator.observe(seen('a', 500_000))
  expect(correlator.counts.late).toBe(1)
})

test('a silence holds back repeats of the same group for as long as it says', () => {
  const quiet = new Correlator(planOf(count), { silence: 'timespan' })
  const times = [0, 1, 2, 3, 60_002, 60_003]
  expect(times.map((time) => quiet.observe(seen('a', time)).length)).toEqual([0, 0, 1, 0, 0, 1])
  expect(quiet.observe(seen('b', 4))).toEqual([])
  expect(quiet.counts.silenced).toBe(2)
})

test('after a reload, correlations that mean the same go on, changed ones begin anew', () => {
  const old = new Correlator(planOf(count))
  old.observe(seen('a', 1))
  old.observe(seen('a', 2))
  const snapshot = snapshotOf(old)
  const same = new Correlator(planOf({ ...count }))
  same.carryOver(old)
  expect(same.observe(seen('a', 3))).toHaveLength(1)
  const other = new Correlator(planOf({ ...count, timespan: 50_000 }))
  other.restore(snapshot)
  expect(other.counts.groups).toBe(0)
  expect(other.observe(seen('a', 3))).toEqual([])
})

test('sums neither drift nor overflow', () => {
  const sum = {
    ...count,
    type: 'value_sum' as const,
    timespan: 10,
    requirement: { kind: 'bounds', bounds: [{ operator: 'eq', value: 2 }] } as const,
  }
  const correlator = new Correlator(planOf(sum))
  const add = (value: string, time: number) =>
    correlator.observe({ rule: 0, time, subject: '', fields: ['g', value, null] }).length
  expect([add('1e308', 0), add('1e300', 1), add('-1e-300', 2), add('1', 30), add('1', 31)]).toEqual(
    [0, 0, 0, 0, 1],
  )
  expect([add('0x10', 32), add('', 32), add('NaN', 32), add('Infinity', 32)]).toEqual([0, 0, 0, 0])
  expect(add('0', 32)).toBe(1)
})
