import { NotificationPreference, usualPreference } from '@haidang/contracts/notification-preference'
import { expect, test } from 'vitest'
import { clockOf, minutesOf } from './minutes.ts'

test('a time is read as it is shown', () => {
  expect(clockOf(minutesOf('06:05'))).toBe('06:05')
  expect(minutesOf('00:00')).toBe(0)
  expect(minutesOf('23:59')).toBe(1439)
})

test('an emptied time is refused, not taken for midnight', () => {
  const quiet = { from: minutesOf(''), to: minutesOf('06:00') }
  const read = NotificationPreference.safeParse({
    ...usualPreference,
    quiet,
    digest_at: minutesOf(''),
  })
  expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['digest_at', 'quiet.from'])
})
