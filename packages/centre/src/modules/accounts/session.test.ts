import { expect, test } from 'vitest'
import { addressKey, lockAfter, lockRules } from './session.ts'

test('the first five failures of an account cost nothing, then every one doubles the wait', () => {
  const waits = [4, 5, 6, 7].map((failures) => lockAfter(failures, lockRules.account))
  expect(waits).toEqual([0, 30_000, 60_000, 120_000])
})

test('no wait is longer than a quarter of an hour', () => {
  expect(lockAfter(1_000_000, lockRules.account)).toBe(15 * 60_000)
})

test('an IPv6 customer has one name for all addresses of its network', () => {
  expect(addressKey('2001:db8:0:7::1')).toBe('2001:db8:0:7::/64')
  expect(addressKey('2001:0db8:0000:0007:ffff:ffff:ffff:ffff')).toBe('2001:db8:0:7::/64')
  expect(addressKey('2001:db8::1')).toBe('2001:db8:0:0::/64')
  expect(addressKey('::1')).toBe('0:0:0:0::/64')
})

test('an IPv4 address stands for itself, also in IPv6 clothing', () => {
  expect(addressKey('192.0.2.7')).toBe('192.0.2.7')
  expect(addressKey('::ffff:192.0.2.7')).toBe('192.0.2.7')
})
