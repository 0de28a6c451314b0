import { expect, test } from 'vitest'
import { nextAttempt } from './mail-attempts.ts'

const hour = 3_600_000

test('attempts come later and later, at least every six hours, and end after three days', () => {
  let now = 0
  const gaps: number[] = []
  for (let attempts = 1; ; attempts++) {
    const next = nextAttempt(0, now, attempts)
    if (next === undefined) break
    gaps.push(next - now)
    now = next
  }
  expect(gaps[0]).toBe(60_000)
  expect(gaps.every((gap, n) => n === 0 || gap >= (gaps[n - 1] ?? 0))).toBe(true)
  expect(Math.max(...gaps)).toBe(6 * hour)
  expect(now).toBeLessThanOrEqual(72 * hour)
  expect(now).toBeGreaterThan(60 * hour)
})
