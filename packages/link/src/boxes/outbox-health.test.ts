import type { LinkLane } from '@haidang/contracts/station'
import { expect, test } from 'vitest'
import { outboxHealth } from './outbox-health.ts'

const lane: LinkLane = {
  stream: 'events',
  waiting: 10,
  bytes: 1000,
  oldest_at: '2026-03-01T00:00:00.000Z',
  most_records: 1000,
  most_bytes: 10_000,
  gives: 'newest',
  dropped: 0,
}
const now = Date.parse('2026-03-01T01:30:00.000Z')

test('a lane nearly full is a warning that names it, its age, what will give way and the remedy', () => {
  expect(outboxHealth([], now).state).toBe('ok')
  expect(outboxHealth([lane], now)).toMatchObject({
    state: 'ok',
    cause: { en: '10 records wait for the parent' },
  })
  const full = outboxHealth(
    [
      { ...lane, stream: 'alerts' },
      { ...lane, bytes: 8500 },
    ],
    now,
  )
  expect(full.state).toBe('warn')
  expect(full.cause.en).toMatch(/events is 85 % full.* 90 min.* newest give way/)
  expect(full.remedy.en).toContain('link.bulk_bytes')
  expect(outboxHealth([{ ...lane, waiting: 900 }], now).state).toBe('warn')
})
