import { expect, test } from 'vitest'
import { hour, hoursOfWeek, Weeks } from './hour-of-week.ts'
import { judge } from './judge.ts'
import { learn } from './rhythm.ts'

const vietnam = 'Asia/Ho_Chi_Minh'
const holidays = { zone: vietnam, days: new Set(['2027-01-01']) }
const newYear = Math.floor(Date.parse('2027-01-01T10:00:00+07:00') / hour)

/** Whether a source that is silent since Thursday evening is missed on New Year's Day, a Friday, at ten in the morning. */
function onNewYearsDay(recordsAt: (hourOfWeek: number) => number): string {
  const weeks = new Weeks()
  weeks.know(holidays)
  const hourOfWeek = weeks.in(vietnam)
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

test('holidays that change count at once, in their own zone only, whatever name the zone goes by', () => {
  const weeks = new Weeks()
  const isHoliday = (zone: string) => weeks.in(zone)(newYear) >= hoursOfWeek
  expect(isHoliday(vietnam)).toBe(false)
  weeks.know(holidays)
  expect(isHoliday(vietnam)).toBe(true)
  expect(isHoliday('Asia/Saigon')).toBe(true)
  expect(isHoliday('Asia/Bangkok')).toBe(false)
  expect(isHoliday('No/Where')).toBe(false)
  weeks.know({ zone: vietnam, days: new Set() })
  expect(isHoliday(vietnam)).toBe(false)
})
