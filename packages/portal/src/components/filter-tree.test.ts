import { expect, test } from 'vitest'
import { both, conditions, termValue, withChoice, without, withTerm } from './filter-tree.ts'

test('a clicked value becomes the same text a person would have typed', () => {
  expect(withTerm('severity:high', 'entity', '203.0.113.7')).toBe(
    'severity:high and entity:203.0.113.7',
  )
  expect(withTerm('', 'title', 'dò mật khẩu', true)).toBe('not title:"dò mật khẩu"')
})

test('clicking the same value twice changes nothing', () => {
  const once = withTerm('', 'user', 'root')
  expect(withTerm(once, 'user', 'root')).toBe(once)
})

test('every top-level condition is a chip that can be taken away', () => {
  const text = 'severity:high (a:1 or b:2) not user:root'
  expect(conditions(text)).toHaveLength(3)
  expect(without(text, 1)).toBe('severity:high and not user:root')
})

test('a choice replaces the one before it and can be freed', () => {
  const high = withChoice('user:root', 'severity', 'high')
  expect(termValue(high, 'severity')).toBe('high')
  expect(withChoice(high, 'severity', 'low')).toBe('user:root and severity:low')
  expect(withChoice(high, 'severity', undefined)).toBe('user:root')
})

test('an alternative stays in parentheses when a view is added to it', () => {
  expect(both('not state:closed', 'a:1 or b:2')).toBe('not state:closed and (a:1 or b:2)')
})
