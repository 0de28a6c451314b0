import { expect, test } from 'vitest'
import { isoDuration } from './iso-duration.ts'

test.each([
  ['PT0S', 'ngay', 'at once'],
  ['PT1H', '1 giờ', '1 hour'],
  ['P5D', '5 ngày', '5 days'],
  ['P1W', '1 tuần', '1 week'],
  ['P1DT12H', '1 ngày 12 giờ', '1 day 12 hours'],
  ['PT0H30M', '30 phút', '30 minutes'],
])('%s is %s and %s', (duration, vi, en) => {
  expect(isoDuration(duration, 'vi')).toBe(vi)
  expect(isoDuration(duration, 'en')).toBe(en)
})
