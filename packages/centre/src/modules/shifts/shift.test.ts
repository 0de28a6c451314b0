import { join } from 'node:path'
import { instantOf, millisecondsOf } from '@haidang/contracts/instant'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readContents } from '../../content-file.ts'
import { rulesOn, ShiftRules, turnsOf } from './pattern.ts'
import { faultsOf, type Standing, spanOf } from './shift.ts'

const shipped = await readContents(
  join(import.meta.dirname, '../../../../../content/shifts'),
  ShiftRules,
)
const rules = rulesOn(shipped, '2026-11-23')
const hour = 3_600_000
const day = 24 * hour

const dateOf = (number: number) => instantOf(number * day).slice(0, 10)

/** The shifts of a pattern whose crews are one officer each. */
function made(pattern: ShiftRules['patterns'][number], from: string, to: string): Standing[] {
  return turnsOf(pattern, from, to).map(({ crew, starts_at, ends_at }, at) => ({
    id: `shf_${at}`,
    starts_at,
    ends_at,
    officer_id: `usr_${crew}`,
    member_ids: [],
    overlap_allowed: false,
  }))
}

test.each(rules.patterns)(
  '$id covers every moment once and leaves the rest that is due, over the ends of years',
  (pattern) => {
    const first = millisecondsOf('2026-12-01T00:00:00Z') / day
    fc.assert(
      fc.property(fc.nat(40), fc.integer({ min: 9, max: 60 }), (late, length) => {
        const [from, to] = [dateOf(first + late), dateOf(first + late + length)]
        const shifts = made(pattern, from, to)
        const within = { from: shifts[0]?.starts_at ?? '', to: shifts.at(-1)?.ends_at ?? '' }
        expect(faultsOf(shifts, within, rules.rest)).toEqual([])
        // Every moment by itself, hour by hour.
        for (let at = millisecondsOf(within.from); at < millisecondsOf(within.to); at += hour) {
          const now = instantOf(at)
          const standing = shifts.filter((one) => one.starts_at <= now && now < one.ends_at)
          expect(standing, now).toHaveLength(1)
        }
      }),
      { numRuns: 6 },
    )
  },
)

test.each(rules.patterns)('$id made in pieces is the same as made at once', (pattern) => {
  const whole = turnsOf(pattern, '2026-12-20', '2027-01-20')
  const pieces = [
    ...turnsOf(pattern, '2026-12-20', '2026-12-31'),
    ...turnsOf(pattern, '2027-01-01', '2027-01-20'),
  ]
  expect(pieces).toEqual(whole)
})

test('whatever is taken out is a gap, whatever is laid over is an overlap unless it is meant to be', () => {
  const [pattern] = rules.patterns
  if (!pattern) throw new Error('no pattern')
  const shifts = made(pattern, '2026-12-25', '2027-01-08')
  const span = { from: shifts[0]?.starts_at ?? '', to: shifts.at(-1)?.ends_at ?? '' }
  fc.assert(
    fc.property(fc.nat(shifts.length - 1), fc.boolean(), (at, overlap_allowed) => {
      const one = shifts[at] as Standing
      const gone = shifts.filter((shift) => shift !== one)
      expect(faultsOf(gone, span, rules.rest)).toMatchObject([
        { kind: 'gap', from: one.starts_at, to: one.ends_at },
      ])
      const extra = { ...one, id: 'shf_extra', officer_id: 'usr_extra', overlap_allowed }
      const both = shifts.toSpliced(at, 0, extra)
      const kinds = faultsOf(both, span, rules.rest).map(({ kind }) => kind)
      expect(kinds).toEqual(overlap_allowed ? [] : ['overlap'])
    }),
    { numRuns: 30 },
  )
})

test('a shift nobody stands, a night before a morning and a week without a day of rest are faults with their clause', () => {
  const at = (
    date: string,
    start: number,
    hours: number,
    officer_id: string | null,
    id = date,
  ) => ({
    id,
    starts_at: instantOf(millisecondsOf(`${date}T00:00:00Z`) + start * hour),
    ends_at: instantOf(millisecondsOf(`${date}T00:00:00Z`) + (start + hours) * hour),
    officer_id,
    member_ids: [],
    overlap_allowed: false,
  })
  const span = { from: '2026-12-01T00:00:00.000Z', to: '2026-12-01T16:00:00.000Z' }
  const short = [at('2026-12-01', 0, 8, 'usr_a'), at('2026-12-01', 8, 8, null, 'b')]
  expect(faultsOf(short, span, rules.rest)).toMatchObject([{ kind: 'unstaffed', shift_ids: ['b'] }])
  const twice = [at('2026-12-01', 0, 8, 'usr_a'), at('2026-12-01', 8, 8, 'usr_a', 'b')]
  expect(faultsOf(twice, span, rules.rest)).toMatchObject([
    { kind: 'rest', person_id: 'usr_a', clause: expect.stringContaining('110') },
  ])
  const week = Array.from({ length: 8 }, (_, n) => at(`2026-12-0${n + 1}`, 0, 8, 'usr_a'))
  const found = faultsOf(week, { from: span.from, to: '2026-12-09T00:00:00.000Z' }, rules.rest)
  expect(found.filter(({ kind }) => kind !== 'gap')).toMatchObject([
    { kind: 'weekly-rest', person_id: 'usr_a', clause: expect.stringContaining('111') },
  ])
})

test('of rules that hold on the same day the newest win, whatever their files are called', () => {
  const rulesFrom = (profile: string, valid_from: string, valid_to: string | null = null) => ({
    ...rules,
    profile,
    valid_from,
    valid_to,
  })
  const all = [
    rulesFrom('a-old', '2026-01-01'),
    rulesFrom('b-new', '2026-06-01'),
    rulesFrom('c-short', '2026-03-01', '2026-03-31'),
  ]
  const names = ['2025-01-01', '2026-02-01', '2026-03-31', '2026-07-01'].map(
    (date) => rulesOn(all, date).profile,
  )
  expect(names).toEqual(['a-old', 'a-old', 'c-short', 'b-new'])
})

test('a pattern that leaves a shift to nobody or to two crews is refused', () => {
  const [pattern] = rules.patterns
  const { profile, version, valid_from, rest } = {
    profile: 'x',
    version: 1,
    valid_from: '2026-01-01',
    rest: {
      between: { least: 'PT12H', clause: 'x' },
      weekly: { least: 'PT24H', clause: 'x' },
    },
  }
  const read = (cycle: (string | null)[]) =>
    ShiftRules.safeParse({
      profile,
      version,
      valid_from,
      rest,
      handover: { acknowledge_within: 'PT15M' },
      patterns: [{ ...pattern, cycle }],
    })
  expect(read([...(pattern?.cycle ?? [])]).success).toBe(true)
  expect(read(['morning', 'morning', 'night', null]).error?.message).toContain('crews for')
  expect(read(['morning', 'noon', 'night', null]).error?.message).toContain('noon')
})

test('the days of a span are those of Vietnam', () => {
  expect(spanOf('2026-12-31', '2027-01-01')).toEqual({
    from: '2026-12-30T17:00:00.000Z',
    to: '2027-01-01T17:00:00.000Z',
  })
})
