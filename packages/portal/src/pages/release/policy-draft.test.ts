import { defaultReleasePolicy } from '@haidang/contracts/release'
import { expect, test } from 'vitest'
import { draftOf, moved, placed, stepped, undone } from './policy-draft.ts'

test('every step can be undone, back to the policy in force and no further', () => {
  const start = draftOf(3, defaultReleasePolicy)
  const one = stepped(start, { ...defaultReleasePolicy, rules: [] })
  const two = stepped(one, { ...defaultReleasePolicy, own_networks: [] })
  expect(undone(two)).toEqual(one)
  expect(undone(undone(two))).toEqual(start)
  expect(undone(start)).toBe(start)
})

test('rules are put in, exchanged, taken out and moved; the ends stay ends', () => {
  const rules = ['a', 'b', 'c']
  expect(placed(rules, 3, 'd')).toEqual(['a', 'b', 'c', 'd'])
  expect(placed(rules, 1, 'x')).toEqual(['a', 'x', 'c'])
  expect(placed(rules, 1, undefined)).toEqual(['a', 'c'])
  expect(moved(rules, 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(rules, 1, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(rules, 0, -1)).toEqual(rules)
  expect(moved(rules, 2, 1)).toEqual(rules)
})
