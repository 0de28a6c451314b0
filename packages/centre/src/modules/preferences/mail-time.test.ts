import { Digest } from '@haidang/contracts/notification-preference'
import { isoOf } from '@haidang/runtime/clock'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mailTime } from './mail-time.ts'

const minute = 60_000
const day = 1440 * minute
const at = (local: string) => Date.parse(`${local}+07:00`)
const local = (instant: number) => isoOf(instant + 7 * 60 * minute).slice(0, 16)
const always = () => true
const weekdays = (date: string) => ![0, 6].includes(new Date(date).getUTCDay())
const usual = {
  digest: 'none',
  digest_at: 8 * 60,
  quiet: null,
  working_days_only: false,
} as const
const night = { from: 22 * 60, to: 6 * 60 }

test.each([
  ['at once where nothing is wished', '2026-11-23T23:00:00', usual, '2026-11-23T23:00'],
  ['after the night', '2026-11-23T23:00:00', { ...usual, quiet: night }, '2026-11-24T06:00'],
  ['still in the night', '2026-11-24T05:59:59', { ...usual, quiet: night }, '2026-11-24T06:00'],
  ['the night is over', '2026-11-24T06:00:00', { ...usual, quiet: night }, '2026-11-24T06:00'],
  ['the next full hour', '2026-11-23T09:00:00', { ...usual, digest: 'hourly' }, '2026-11-23T10:00'],
  ['later today', '2026-11-23T07:59:59', { ...usual, digest: 'daily' }, '2026-11-23T08:00'],
  ['tomorrow', '2026-11-23T08:00:00', { ...usual, digest: 'daily' }, '2026-11-24T08:00'],
  [
    'a daily digest at night waits for the morning',
    '2026-11-23T12:00:00',
    { ...usual, digest: 'daily', digest_at: 23 * 60, quiet: night },
    '2026-11-24T06:00',
  ],
  [
    'Saturday waits for Monday',
    '2026-11-21T12:00:00',
    { ...usual, working_days_only: true, quiet: night },
    '2026-11-23T06:00',
  ],
  [
    'Friday after the digest, for Monday’s',
    '2026-11-20T09:00:00',
    { ...usual, digest: 'daily', working_days_only: true },
    '2026-11-23T08:00',
  ],
] as const)('%s', (_, told, wishes, expected) => {
  expect(local(mailTime(at(told), wishes, weekdays))).toBe(expected)
})

const wishes = fc.record({
  digest: fc.constantFrom(...Digest.options),
  digest_at: fc.nat(1439),
  quiet: fc.option(
    fc.record({ from: fc.nat(1439), to: fc.nat(1439) }).filter(({ from, to }) => from !== to),
  ),
  working_days_only: fc.boolean(),
})

test('never before it was told, never in quiet hours or on a day off, and soon', () => {
  fc.assert(
    fc.property(wishes, fc.integer({ min: 0, max: 400 * 1440 }), (given, minutes) => {
      const told = at('2026-01-01T00:00:00') + minutes * minute
      const sent = mailTime(told, given, weekdays)
      expect(sent).toBeGreaterThanOrEqual(told)
      expect(sent - told).toBeLessThanOrEqual(5 * day)
      if (given.working_days_only) expect(weekdays(local(sent).slice(0, 10))).toBe(true)
      if (given.quiet) {
        const { from, to } = given.quiet
        const now = (Math.floor(sent / minute) + 7 * 60) % 1440
        const isQuiet = from < to ? from <= now && now < to : now >= from || now < to
        expect(isQuiet).toBe(false)
      }
    }),
  )
})

test('a calendar without a working day holds no mail back for ever', () => {
  const given = { ...usual, working_days_only: true }
  const told = at('2026-11-23T08:00:00')
  expect(mailTime(told, given, () => false) - told).toBeLessThanOrEqual(61 * day)
  expect(mailTime(told, given, always)).toBe(told)
})
