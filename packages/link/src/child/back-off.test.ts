import { expect, test } from 'vitest'
import { BackOff } from './back-off.ts'

test('waits double up to the cap and start anew after success', () => {
  const backOff = new BackOff(500, 4000, () => 1)
  expect([1, 2, 3, 4, 5].map(() => backOff.next())).toEqual([500, 1000, 2000, 4000, 4000])
  backOff.reset()
  expect(backOff.next()).toBe(500)
})

test('half of each wait is left to chance', () => {
  expect(new BackOff(500, 4000, () => 0).next()).toBe(250)
})
