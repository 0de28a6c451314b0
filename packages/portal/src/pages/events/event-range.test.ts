import { expect, test } from 'vitest'
import { spanOf } from './event-range.ts'

const now = Date.parse('2026-11-22T03:00:00Z')

test('a relative range ends now', () => {
  expect(spanOf({ range: '1h' }, now)).toEqual({
    from: '2026-11-22T02:00:00.000Z',
    to: '2026-11-22T03:00:00.000Z',
    custom: false,
  })
})

test('an absolute range wins over a relative one', () => {
  const span = spanOf(
    { range: '1h', from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' },
    now,
  )
  expect(span).toMatchObject({ from: '2026-11-01T00:00:00.000Z', custom: true })
})

test('a range that ends before it starts falls back to the last day', () => {
  const span = spanOf({ from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' }, now)
  expect(span).toMatchObject({ from: '2026-11-21T03:00:00.000Z', custom: false })
})
