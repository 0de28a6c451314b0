import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dueAfter } from '@haidang/contracts/regulation-lookup'
import { WorkingTime } from '@haidang/contracts/working-time'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadRegulations } from '../src/regulation-files.ts'

// The reference reads the shipped files by itself and counts minute by minute and day by day in Hanoi time, seven
// hours before UTC: it shares no line with what it judges.
const regulations = join(import.meta.dirname, '../../../content/regulations')
const minute = 60_000
const day = 24 * 60 * minute
const hanoi = 7 * 60 * minute

interface Holiday {
  readonly dates: readonly (string | Date)[]
  readonly working?: boolean
}

const read = (name: string) => parse(readFileSync(join(regulations, `${name}.yaml`), 'utf8'))
const labour = read('vn-labour') as { holidays: Holiday[] }
const textOf = (date: string | Date) => new Date(date).toISOString().slice(0, 10)
const daysOf = (isWorking: boolean) =>
  labour.holidays
    .filter(({ working = false }) => working === isWorking)
    .flatMap(({ dates }) => dates.map(textOf))
const off = new Set(daysOf(false))
const made = new Set(daysOf(true))

/** Whether a day of Hanoi, named by any instant of it, is worked. */
function isWorked(at: number, extra: { off?: Set<string>; made?: Set<string> } = {}): boolean {
  const local = new Date(at + hanoi)
  const date = local.toISOString().slice(0, 10)
  if (made.has(date) || extra.made?.has(date)) return true
  if (off.has(date) || extra.off?.has(date)) return false
  return local.getUTCDay() >= 1 && local.getUTCDay() <= 5
}

/** Whether a minute lies in the usual hours, 8 to 12 and 13 to 17. */
function isMinuteWorked(at: number, extra = {}): boolean {
  const ofDay = Math.floor((at + hanoi) / minute) % (24 * 60)
  const hour = Math.floor(ofDay / 60)
  return isWorked(at, extra) && hour >= 8 && hour < 17 && hour !== 12
}

function daysLater(from: number, days: number, extra = {}): number {
  let at = from
  for (let left = days; left > 0; ) {
    at += day
    if (isWorked(at, extra)) left -= 1
  }
  return at
}

/** The end of the last of so many worked minutes after an instant on a full minute. */
function minutesLater(from: number, minutes: number, extra = {}): number {
  let at = from
  for (let left = minutes; left > 0; at += minute) if (isMinuteWorked(at, extra)) left -= 1
  return at
}

function minutesBetween(from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += minute) if (isMinuteWorked(at)) count += 1
  return count
}

/** Milliseconds of PnD, PTnH and PT0S, the only lengths the shipped rules have. */
function lengthOf(text: string): number {
  const [, days] = /^P(\d+)D$/.exec(text) ?? []
  const [, hours] = /^PT(\d+)[HS]$/.exec(text) ?? []
  if (days !== undefined) return Number(days) * day
  if (hours !== undefined) return Number(hours) * (text.endsWith('H') ? 60 * minute : 1000)
  throw new Error(`the reference cannot read ${text}`)
}

let versions: Parameters<typeof dueAfter>[0]
let working: WorkingTime

beforeAll(async () => {
  const all = [...(await loadRegulations(regulations)).values()]
  versions = all.map((regulation) => ({
    version: 0,
    effective_from: regulation.valid_from,
    regulation,
  }))
  const calendar = all.find(({ profile }) => profile === 'vn-labour')
  working = new WorkingTime(calendar ? [calendar] : [])
})

const at = (text: string) => Date.parse(`${text}:00+07:00`)
const instants = (from: string, to: string) =>
  fc.integer({ min: at(from) / minute, max: at(to) / minute }).map((minutes) => minutes * minute)
/** Moments on which reckoning goes wrong first: midnights of both zones, ends of hours, days, years, Tết. */
const edges = fc.constantFrom(
  ...['2025-12-31T23:59', '2026-01-01T00:00', '2026-02-14T06:59', '2026-02-14T07:00'],
  ...['2026-02-13T17:00', '2026-12-31T16:59', '2026-12-31T17:00', '2027-02-03T12:00'],
  ...['2027-02-12T08:00', '2028-02-28T23:59', '2028-02-29T00:00', '2028-12-31T23:59'],
)
const moments = fc.oneof(instants('2025-03-01T00:00', '2029-06-30T00:00'), edges.map(at))

interface ShippedDeadline {
  readonly id: string
  readonly trigger: Parameters<typeof dueAfter>[1]['trigger']
  readonly grade?: 'serious' | 'ordinary'
  readonly within: string
  readonly counted?: 'working' | 'calendar'
  readonly grace?: string
}

test.each([
  ['vn-2017', '2025-03-01T00:00', '2026-08-18T23:59'],
  ['vn-2026', '2026-08-19T00:00', '2029-06-30T00:00'],
] as const)(
  'every deadline of %s falls on the minute a count day by day finds',
  (profile, first, last) => {
    const { deadlines } = read(profile) as { deadlines: ShippedDeadline[] }
    expect(deadlines.length).toBeGreaterThan(4)
    const within = (from: number) => from >= at(first) && from <= at(last)
    fc.assert(
      fc.property(
        fc.oneof(instants(first, last), edges.map(at).filter(within)),
        fc.constantFrom(...deadlines),
        fc.constantFrom('serious' as const, 'ordinary' as const),
        (from, rule, grade) => {
          const due = dueAfter(versions, {
            trigger: rule.trigger,
            from: new Date(from).toISOString(),
            grade,
          }).find((one) => one.id === rule.id && one.profile === profile)
          if (rule.grade !== undefined && rule.grade !== grade) {
            expect(due).toBeUndefined()
            return
          }
          const length = lengthOf(rule.within)
          const end = rule.counted === 'working' ? daysLater(from, length / day) : from + length
          expect(due?.due_at).toBe(new Date(end + lengthOf(rule.grace ?? 'PT0S')).toISOString())
        },
      ),
      { numRuns: 400 },
    )
  },
)

test('working time is the worked minutes, forward, back and between', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 40 * 60 }), (from, minutes) => {
      const end = minutesLater(from, minutes)
      expect(working.addTime(from, minutes * minute).at).toBe(end)
      expect(working.between(from, end)).toBe(minutes * minute)
      const back = working.subtractTime(end, minutes * minute)
      expect(back).toBeGreaterThanOrEqual(from)
      expect(minutesBetween(back, end)).toBe(minutes)
      // The latest of all moments from which so much is left: a minute later there is less.
      expect(minutesBetween(back + minute, end)).toBe(minutes - 1)
    }),
    { numRuns: 60 },
  )
})

test('a Monday off that a Saturday makes up for moves what is counted across them', () => {
  const calendar = structuredClone(
    versions.find(({ regulation }) => regulation.profile === 'vn-labour'),
  )
  if (!calendar) throw new Error('no calendar')
  const extra = { off: new Set(['2027-01-04']), made: new Set(['2027-01-09']) }
  const words = { name: { vi: 'x', en: 'x' }, clause: 'x', valid_from: null, valid_to: null }
  const more = { ...words, provisional: null }
  calendar.regulation.holidays.push(
    { ...more, id: 'bridge', dates: ['2027-01-04'], working: false },
    { ...more, id: 'made-up', dates: ['2027-01-09'], working: true },
  )
  const exchanged = new WorkingTime([calendar.regulation])
  fc.assert(
    fc.property(
      instants('2026-12-28T00:00', '2027-01-12T00:00'),
      fc.integer({ min: 1, max: 12 }),
      (from, days) => {
        expect(exchanged.addDays(from, days).at).toBe(daysLater(from, days, extra))
        expect(exchanged.addTime(from, days * 240 * minute).at).toBe(
          minutesLater(from, days * 240, extra),
        )
      },
    ),
    { numRuns: 80 },
  )
})
