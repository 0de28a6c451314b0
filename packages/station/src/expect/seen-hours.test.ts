import { expect, test } from 'vitest'
import { sourceHoursOf } from '../keep/source-hours.ts'
import { hourOfWeekIn } from './hour-of-week.ts'
import { seenHours } from './seen-hours.ts'

const row = (hour: number, first: string, last: string, longest_ms = 0, records = 2) => ({
  source_id: 'src',
  organisation_id: 'org',
  hour,
  records,
  first_at: `1970-01-01T${first}.000Z`,
  last_at: `1970-01-01T${last}.000Z`,
  longest_ms,
})

test('a time without a record counts in every hour it runs through, from where it began', () => {
  const rows = [row(0, '00:10:00', '00:50:00', 1000), row(3, '03:20:00', '03:59:59', 600_000)]
  expect(seenHours(rows, [0, 1, 2, 3])).toEqual([
    { hour: 0, records: 2, longest: 600 },
    { hour: 1, records: 0, longest: 4200 },
    { hour: 2, records: 0, longest: 7800 },
    { hour: 3, records: 2, longest: 9000 },
  ])
})

test('hours not watched say nothing, nor those before the first record', () => {
  const rows = [row(2, '02:00:00', '02:30:00'), row(5, '05:10:00', '05:50:00')]
  expect(seenHours(rows, [0, 1, 2, 4, 5])).toEqual([
    { hour: 2, records: 2, longest: 1800 },
    { hour: 4, records: 0, longest: 3600 },
    { hour: 5, records: 2, longest: 4200 },
  ])
  expect(seenHours([], [0, 1])).toEqual([])
})

test('records of a range are counted by source and hour of receipt', () => {
  const at = (origin: string, receivedAt: number) => ({
    origin,
    receivedAt,
    key: undefined,
    body: new Uint8Array(),
    position: { segment: 0, offset: 0 },
  })
  const records = [
    at('a x', 10),
    at('a x', 10),
    at('b y', 20),
    at('a z', 500),
    at('a x', 3_600_005),
  ]
  expect(sourceHoursOf(records)).toEqual([
    { sourceId: 'a', hour: 0, records: 3, firstAt: 10, lastAt: 500, longest: 490 },
    { sourceId: 'b', hour: 0, records: 1, firstAt: 20, lastAt: 20, longest: 0 },
    { sourceId: 'a', hour: 1, records: 1, firstAt: 3_600_005, lastAt: 3_600_005, longest: 0 },
  ])
})

test('an hour belongs to the week of its zone, summer time allowed for', () => {
  const hourOf = (iso: string) => Date.parse(iso) / 3_600_000
  const vietnam = hourOfWeekIn('Asia/Ho_Chi_Minh')
  expect(vietnam(hourOf('2026-11-22T17:00:00Z'))).toBe(0)
  expect(vietnam(hourOf('2026-11-22T16:00:00Z'))).toBe(167)
  const berlin = hourOfWeekIn('Europe/Berlin')
  expect(berlin(hourOf('2026-07-06T06:00:00Z'))).toBe(8)
  expect(berlin(hourOf('2026-12-07T07:00:00Z'))).toBe(8)
  expect(hourOfWeekIn('No/Where')(hourOf('2026-12-07T07:00:00Z'))).toBe(7)
})
