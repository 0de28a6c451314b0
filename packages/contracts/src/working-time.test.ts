import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Regulation } from './regulation.ts'
import { CalendarUnknown, WorkingTime } from './working-time.ts'

const words = { vi: 'x', en: 'x' }
const entry = (id: string) => ({ id, name: words, clause: 'x' })
const provisional = { vi: 'chưa rõ', en: 'not certain' }

/** Tết 2027 with the days of its weekend made up for, and one Saturday worked instead of a Monday. */
const regulation = Regulation.parse({
  profile: 'vn-days',
  name: words,
  valid_from: '2020-01-01',
  calendar_years: [2026, 2027],
  hours: [
    { ...entry('morning'), weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '12:00' },
    { ...entry('afternoon'), weekdays: [1, 2, 3, 4, 5], from: '13:00', to: '17:00' },
  ],
  holidays: [
    {
      ...entry('tet-2027'),
      dates: ['2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11'],
      provisional,
    },
    { ...entry('bridge'), dates: ['2027-01-04'] },
    { ...entry('made-up'), dates: ['2027-01-09'], working: true },
  ],
})
const time = new WorkingTime([regulation])
const at = (text: string) => Date.parse(`${text}+07:00`)
const shown = (ms: number) => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 16)

test('Tết is passed over, and what was passed is named as not certain', () => {
  const due = time.addDays(at('2027-02-03T16:30'), 2)
  expect({ at: shown(due.at), provisional: due.provisional }).toEqual({
    at: '2027-02-12T16:30',
    provisional: ['tet-2027'],
  })
})

test('a day is Hanoi’s, not UTC’s: late in the evening it is still the same one', () => {
  expect(shown(time.addDays(at('2027-03-01T23:30'), 1).at)).toBe('2027-03-02T23:30')
  expect(shown(time.addDays(at('2027-03-01T00:30'), 1).at)).toBe('2027-03-02T00:30')
})

test('a Saturday that makes up for a Monday off is worked, with the hours of an ordinary day', () => {
  expect(time.isWorking(at('2027-01-04T09:00'))).toBe(false)
  expect(time.isWorking(at('2027-01-09T09:00'))).toBe(true)
  expect(time.isWorking(at('2027-01-09T12:30'))).toBe(false)
  expect(time.isWorking(at('2027-01-16T09:00'))).toBe(false)
})

test('working hours run through lunch, night and weekend', () => {
  expect(shown(time.addTime(at('2027-03-05T11:00'), 2 * 3_600_000).at)).toBe('2027-03-05T14:00')
  expect(shown(time.addTime(at('2027-03-05T16:00'), 3 * 3_600_000).at)).toBe('2027-03-08T10:00')
  expect(shown(time.next(at('2027-03-06T10:00')).at)).toBe('2027-03-08T08:00')
  expect(shown(time.next(at('2027-03-08T17:00')).at)).toBe('2027-03-09T08:00')
})

test('a year whose days off nobody wrote is named instead of guessed', () => {
  expect(() => time.addDays(at('2027-12-31T09:00'), 1)).toThrow(new CalendarUnknown(2028))
  expect(() => time.isWorking(at('2025-12-31T09:00'))).toThrow(new CalendarUnknown(2025))
  expect(() => new WorkingTime([]).next(at('2027-01-01T09:00'))).toThrow(CalendarUnknown)
})

test('days off without any working hours lead to the end of the calendar, not to an endless search', () => {
  const idle = new WorkingTime([{ ...regulation, hours: [] }])
  expect(() => idle.next(at('2026-01-01T09:00'))).toThrow(new CalendarUnknown(2028))
})

const instants = fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-06-30T00:00') })

test('the next working moment is working, not earlier, and nothing between is', () => {
  fc.assert(
    fc.property(instants, fc.double({ min: 0, max: 1, noNaN: true }), (from, part) => {
      const next = time.next(from).at
      expect(next).toBeGreaterThanOrEqual(from)
      expect(time.isWorking(next)).toBe(true)
      const between = from + Math.floor((next - from) * part)
      if (between < next) expect(time.isWorking(between)).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('n days then m days are n and m days: counting stops on a working day', () => {
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      (from, n, m) => {
        const first = time.addDays(from, n).at
        expect(time.isWorkingDay(shown(first).slice(0, 10))).toBe(true)
        expect(time.addDays(first, m).at).toBe(time.addDays(from, n + m).at)
      },
    ),
    { numRuns: 300 },
  )
})

test('working time adds up, and later facts are never due earlier', () => {
  const length = fc.integer({ min: 1, max: 200 * 3_600_000 })
  fc.assert(
    fc.property(instants, instants, length, length, (a, b, n, m) => {
      expect(time.addTime(time.addTime(a, n).at, m).at).toBe(time.addTime(a, n + m).at)
      const [early, late] = a < b ? [a, b] : [b, a]
      expect(time.addTime(early, n).at).toBeLessThanOrEqual(time.addTime(late, n).at)
    }),
    { numRuns: 300 },
  )
})
