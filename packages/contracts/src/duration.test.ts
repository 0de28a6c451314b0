import { expect, test } from 'vitest'
import { periodBefore } from './duration.ts'
import { PersonalRule } from './personal-retention.ts'

test.each([
  ['2026-03-31T10:00:00.000Z', 'P1M', '2026-02-28T10:00:00.000Z'],
  ['2024-02-29T00:00:00.000Z', 'P1Y', '2023-02-28T00:00:00.000Z'],
  ['2026-01-15T00:00:00.000Z', 'P13M', '2024-12-15T00:00:00.000Z'],
  ['2026-01-15T00:00:00.000Z', 'P90D', '2025-10-17T00:00:00.000Z'],
])('before %s, %s is %s', (now, period, before) => {
  expect(new Date(periodBefore(Date.parse(now), period)).toISOString()).toBe(before)
})

test.each([
  ['P1D', true],
  ['P10Y', true],
  ['P118M', true],
  ['P2W', true],
  ['P11Y', false],
  ['P0M', false],
  ['P1Y6M', false],
  ['PT6H', false],
  ['90', false],
])('%s is a period personal data may be kept for: %s', (period, is) => {
  const rule = { class: 'sessions', period, clause: '' }
  expect(PersonalRule.safeParse(rule).success).toBe(is)
})
