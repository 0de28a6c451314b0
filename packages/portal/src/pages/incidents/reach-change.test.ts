import { expect, test } from 'vitest'
import { changedReach } from './reach-change.ts'

const before = {
  tlp: 'amber' as const,
  told_to: { organisations: ['org_b', 'org_a'], groups: [], people: ['per_a'] },
}

test('of who sees an incident only what was changed is sent, so that what others make stricter is not taken for its own', () => {
  const told_to = { ...before.told_to, organisations: ['org_a', 'org_b'] }
  expect(changedReach(before, { tlp: 'amber', told_to })).toEqual({})
  expect(changedReach(before, { tlp: 'red', told_to })).toEqual({ tlp: 'red' })
  const fewer = { ...told_to, people: [] }
  expect(changedReach(before, { tlp: 'amber', told_to: fewer })).toEqual({ told_to: fewer })
})
