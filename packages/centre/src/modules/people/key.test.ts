import { expect, test } from 'vitest'
import { mayComeFrom, scoped } from './key.ts'

test('a scope narrows a role and never widens it', () => {
  const role = { permissions: ['event.read', 'alert.read', 'alert.triage'] as const }
  const narrowed = scoped({ permissions: [...role.permissions] }, ['alert.read', 'key.manage'])
  expect([...narrowed.held]).toEqual(['alert.read'])
  expect([...narrowed.withheld]).toEqual(['event.read', 'alert.triage'])
  expect([...scoped({ permissions: [...role.permissions] }, null).held]).toHaveLength(3)
})

test.each([
  [[], '198.51.100.9', true],
  [['192.0.2.0/24'], '192.0.2.200', true],
  [['192.0.2.0/24'], '192.0.3.1', false],
  [['192.0.2.7'], '192.0.2.7', true],
  [['192.0.2.0/24'], '::ffff:192.0.2.7', true],
  [['192.0.2.0/24'], '2001:db8::1', false],
  [['2001:db8::/32'], '2001:db8:1::1', true],
  [['2001:db8::/32'], '2001:db9::1', false],
  [['192.0.2.0/24'], 'unix', false],
])('of %j, %s: %s', (addresses, address, expected) => {
  expect(mayComeFrom(addresses, address)).toBe(expected)
})
