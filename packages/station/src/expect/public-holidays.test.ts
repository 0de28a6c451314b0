import { expect, test } from 'vitest'
import { hour, hourOfWeekIn } from './hour-of-week.ts'
import { judge } from './judge.ts'
import { isPublicHoliday } from './public-holidays.ts'
import { learn } from './rhythm.ts'

const vietnam = 'Asia/Ho_Chi_Minh'
const hourAt = (time: string) => Math.floor(Date.parse(time) / hour)

function daysOff(year: number, zone = vietnam): string[] {
  const first = hourAt(`${year}-01-01T00:00:00Z`)
  return Array.from({ length: 366 }, (_, day) =>
    new Date((first + day * 24) * hour).toISOString().slice(0, 10),
  ).filter((date) => date.startsWith(`${year}`) && isPublicHoliday(date, zone))
}

test('the days off of 2027: Tết from the second last day of the old year, and Monday for the first of May', () => {
  expect(daysOff(2027)).toEqual([
    '2027-01-01',
    // Tết, the first of the first month, is Saturday the sixth; Wednesday and Thursday follow for the weekend.
    ...['04', '05', '06', '07', '08', '09', '10', '11'].map((day) => `2027-02-${day}`),
    '2027-04-16',
    '2027-04-30',
    '2027-05-01',
    '2027-05-03',
    ...['01', '02', '03'].map((day) => `2027-09-${day}`),
    '2027-11-24',
  ])
})

test('in 2026 the tenth of the third month is a Sunday, so Monday is off; other countries have none of these', () => {
  const days = daysOff(2026)
  expect(days).toEqual(expect.arrayContaining(['2026-02-16', '2026-02-17', '2026-02-20']))
  expect(days).toEqual(expect.arrayContaining(['2026-04-26', '2026-04-27', '2026-04-30']))
  expect(days).not.toContain('2026-03-10')
  expect(daysOff(2026, 'Asia/Bangkok')).toEqual([])
})

/** Whether a source that is silent since Thursday evening is missed on New Year's Day, a Friday, at ten in the morning. */
function onNewYearsDay(recordsAt: (hourOfWeek: number) => number): string {
  const hourOfWeek = hourOfWeekIn(vietnam)
  const now = Date.parse('2027-01-01T10:30:00+07:00')
  const seen = Array.from({ length: 5 * 168 }, (_, n) => {
    const one = Math.floor(now / hour) - 24 - n
    const records = recordsAt(hourOfWeek(one) % 168)
    return { hour: one, records, longest: records > 0 ? 10 : 3600 }
  })
  const rhythm = learn(seen, hourOfWeek)
  const lastAt = Date.parse('2026-12-31T17:00:00+07:00')
  return judge(rhythm, { now, lastAt, thisHour: 0, lastHour: 0, hourOfWeek }, 300).state
}

test('on a public holiday nobody misses an office, everybody a sensor', () => {
  const office = (n: number) => (n < 5 * 24 && n % 24 >= 8 && n % 24 < 17 ? 1000 : 0)
  expect(onNewYearsDay(office)).toBe('active')
  expect(onNewYearsDay(() => 1000)).toBe('quiet')
})
