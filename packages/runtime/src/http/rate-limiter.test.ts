import { expect, test } from 'vitest'
import { ManualClock } from '../clock.ts'
import { RateLimiter } from './rate-limiter.ts'

test('who is refused and asks again at once does not keep the address out: one a second gets through', () => {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const limiter = new RateLimiter({ burst: 2, perSecond: 1 }, clock)
  const isTaken = () => {
    try {
      limiter.take('203.0.113.7')
      return true
    } catch {
      return false
    }
  }
  expect([isTaken(), isTaken(), isTaken()]).toEqual([true, true, false])
  let taken = 0
  // Four tries a second for ten seconds.
  for (let n = 0; n < 40; n++) {
    clock.advance(250)
    if (isTaken()) taken++
  }
  expect(taken).toBe(10)
})
