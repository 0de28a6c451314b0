import { expect, test } from 'vitest'
import { stackOf } from './stack.ts'

const hour = 3_600_000

test('hours without alerts stand as empty buckets between those that have some', () => {
  const stack = stackOf(
    [
      { start: '2026-11-22T00:00:00Z', severity: 'high', count: 2 },
      { start: '2026-11-22T03:00:00Z', severity: 'low', count: 5 },
    ],
    Date.parse('2026-11-22T00:00:00Z'),
    Date.parse('2026-11-22T04:00:00Z'),
    hour / 1000,
  )
  expect(stack.rows.map(({ total }) => total)).toEqual([2, 0, 0, 5])
  expect(stack.totals).toMatchObject({ high: 2, low: 5, critical: 0 })
})

test('a week asked for by the second is drawn in at most five hundred bars', () => {
  const stack = stackOf([], 0, 7 * 24 * hour, 1)
  expect(stack.rows.length).toBeLessThanOrEqual(500)
})

test('a bucket outside the range is counted at its edge and never lost', () => {
  const late = [{ start: '2026-11-22T09:00:00Z', severity: 'medium' as const, count: 1 }]
  const from = Date.parse('2026-11-22T00:00:00Z')
  expect(stackOf(late, from, from + hour, 600).totals.medium).toBe(1)
})
