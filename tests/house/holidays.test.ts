import { join } from 'node:path'
import { loadRegulations } from '@haidang/centre/regulation-files'
import { rulesAt } from '@haidang/contracts/regulation-lookup'
import { expect, test } from 'vitest'

const shipped = [
  ...(await loadRegulations(join(import.meta.dirname, '../../content/regulations'))).values(),
]
const versions = shipped.map((regulation) => ({
  version: 0,
  effective_from: regulation.valid_from,
  regulation,
}))
const { zone, days } = rulesAt(versions, '2027-01-01T00:00:00Z').working.holidays()

test('the days off of 2027: Tết from the second last day of the old year, and Monday for the first of May', () => {
  expect(zone).toBe('Asia/Ho_Chi_Minh')
  expect([...days].filter((day) => day.startsWith('2027')).sort()).toEqual([
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

test('in every year of the calendar Tết and the tenth of the third month lie where the lunar calendar has them', () => {
  const years = shipped.flatMap(({ calendar_years }) => calendar_years)
  expect(years).toContain(2029)
  const lunar = years.flatMap((year) => [lunarDate(year, 1, 1), lunarDate(year, 3, 10)])
  expect(lunar.filter((day) => !days.has(day))).toEqual([])
})

/** Reckoned for Beijing, an hour east of Hanoi: right for both but for 2030 and 2053. */
function lunarDate(year: number, month: number, day: number): string {
  return Temporal.PlainDate.from({
    calendar: 'chinese',
    year,
    day,
    monthCode: `M${String(month).padStart(2, '0')}`,
  })
    .withCalendar('iso8601')
    .toString()
}
