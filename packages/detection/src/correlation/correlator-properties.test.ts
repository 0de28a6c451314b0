import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Measurement, Requirement } from './correlation-plan.ts'
import { Correlator, type CorrelatorOptions } from './correlator.ts'
import { type NaiveEvent, naiveFires } from './naive-correlation.ts'
import { count, planOf, seen, snapshotOf } from './sample-plan.ts'

const members = 3
const timespan = 20
const operator = fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'neq' as const)
const bounds: fc.Arbitrary<Requirement> = fc
  .array(fc.record({ operator, value: fc.integer({ min: 0, max: 6 }) }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((each) => ({ kind: 'bounds', bounds: each }))
const presence: fc.Arbitrary<Requirement> = fc.constant({
  kind: 'presence',
  presence: {
    kind: 'all',
    parts: [
      { kind: 'member', member: 0 },
      { kind: 'not', part: { kind: 'member', member: 2 } },
    ],
  },
})
const measurement: fc.Arbitrary<Measurement> = fc.oneof(
  fc.record({
    type: fc.constantFrom(
      'event_count',
      'value_count',
      'value_sum',
      'value_avg',
      'value_median',
      'value_percentile',
      'temporal',
      'temporal_ordered' as const,
    ),
    timespan: fc.constant(timespan),
    percentile: fc.constantFrom(25, 50, 90),
    members: fc.constant(members),
    requirement: bounds,
  }),
  fc.record({
    type: fc.constant('temporal' as const),
    timespan: fc.constant(timespan),
    percentile: fc.constant(null),
    members: fc.constant(members),
    requirement: presence,
  }),
)
/** The order matters most where all members are asked for. */
const sequence: fc.Arbitrary<Measurement> = fc.constant({
  type: 'temporal_ordered',
  timespan,
  percentile: null,
  members,
  requirement: { kind: 'bounds', bounds: [{ operator: 'gte', value: members }] },
})
const event = fc.record({
  time: fc.integer({ min: 0, max: 70 }),
  member: fc.integer({ min: 0, max: members - 1 }),
  number: fc.integer({ min: -3, max: 6 }),
  text: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
})
const grouped = fc.tuple(fc.constantFrom('x', 'y'), event)

function observationOf(
  [group, { time, member, number, text }]: readonly [string, NaiveEvent],
  i = 0,
) {
  return { rule: member, time, subject: `#${i}`, fields: [group, String(number), text] }
}

test('events in any order find what a recount over all events finds', () => {
  fc.assert(
    fc.property(
      fc.oneof(measurement, sequence),
      fc.array(grouped, { maxLength: 40 }),
      (asked, events) => {
        const correlator = new Correlator(planOf(asked), { lateness: 1_000 })
        const seen: (readonly [string, NaiveEvent])[] = []
        for (const each of events) {
          seen.push(each)
          const group = seen.filter(([name]) => name === each[0]).map(([, one]) => one)
          const fired = correlator.observe(observationOf(each)).length > 0
          expect(fired).toBe(naiveFires(asked, group, each[1]))
        }
      },
    ),
    { numRuns: 1_500 },
  )
})

test('within the lateness allowed, forgetting what is old changes nothing', () => {
  const nearly = fc.array(fc.tuple(grouped, fc.integer({ min: 0, max: 15 })), {
    minLength: 150,
    maxLength: 400,
  })
  fc.assert(
    fc.property(measurement, nearly, (asked, events) => {
      const late = events.map(([[group, each], delay], i) => {
        return [group, { ...each, time: i * 3 - delay }] as const
      })
      const short = new Correlator(planOf(asked), { lateness: 15 })
      const long = new Correlator(planOf(asked), { lateness: 1_000_000 })
      const fired = late.map((each, i) => short.observe(observationOf(each, i)))
      expect(fired).toEqual(late.map((each, i) => long.observe(observationOf(each, i))))
      expect(short.counts.late).toBe(0)
      expect(short.counts.bytes).toBeLessThan(long.counts.bytes)
    }),
    { numRuns: 40 },
  )
})

test('a correlator restored from a snapshot goes on as if nothing had happened', () => {
  fc.assert(
    fc.property(
      measurement,
      fc.array(grouped, { maxLength: 120 }),
      fc.nat(120),
      fc.constantFrom<Partial<CorrelatorOptions>>(
        {},
        { lateness: 10 },
        { lateness: 10, mostGroups: 1 },
        { silence: 'timespan' },
      ),
      (asked, events, cut, options) => {
        const whole = new Correlator(planOf(asked), options)
        let halves = new Correlator(planOf(asked), options)
        for (const [i, each] of events.entries()) {
          if (i === cut) {
            const snapshot = snapshotOf(halves)
            halves = new Correlator(planOf(asked), options)
            halves.restore(snapshot)
            expect(snapshotOf(halves)).toEqual(snapshot)
          }
          const observation = observationOf(each, i)
          expect(halves.observe(observation)).toEqual(whole.observe(observation))
        }
        expect([halves.counts.groups, halves.counts.bytes]).toEqual([
          whole.counts.groups,
          whole.counts.bytes,
        ])
      },
    ),
    { numRuns: 400 },
  )
})

test('texts of every kind come back from a snapshot', () => {
  const correlator = new Correlator(planOf(count))
  const groups = ['', 'Nguyễn', '\u0000', 'half \ud800', '__proto__', 'x'.repeat(1_000), '漢字']
  for (const group of groups) {
    correlator.observe(seen(group, 1))
    correlator.observe(seen(group, 2))
  }
  const restored = new Correlator(planOf(count))
  restored.restore(snapshotOf(correlator))
  for (const group of groups) expect(restored.observe(seen(group, 3))).toHaveLength(1)
})

test('bytes that are no snapshot are refused and leave the correlator as it was', () => {
  const correlator = new Correlator(planOf(count))
  correlator.observe(seen('a', 1))
  correlator.observe(seen('a', 2))
  const whole = snapshotOf(correlator)
  fc.assert(
    fc.property(fc.nat(whole.length - 1), (length) => {
      expect(() => correlator.restore(whole.slice(0, length))).toThrow('snapshot')
    }),
    { numRuns: 50 },
  )
  expect(() => correlator.restore(new Uint8Array([1, 2, 3]))).toThrow('snapshot')
  expect(correlator.observe(seen('a', 3))).toHaveLength(1)
})

test('damaged snapshots never hang or crash otherwise', () => {
  const correlator = new Correlator(planOf({ ...count, type: 'temporal_ordered', members: 2 }))
  for (let i = 0; i < 20; i++) correlator.observe({ ...seen('ab'[i % 2] ?? '', i), rule: i % 2 })
  const whole = snapshotOf(correlator)
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
      const damaged = whole.slice()
      damaged[at] = byte
      const fresh = new Correlator(planOf({ ...count, type: 'temporal_ordered', members: 2 }))
      try {
        fresh.restore(damaged)
      } catch (problem) {
        expect((problem as Error).name).toBe('SnapshotProblem')
      }
      fresh.observe(seen('a', 30))
    }),
    { numRuns: 500 },
  )
})
