import { expect, test } from 'vitest'
import { marks } from './marks.ts'

test('what the rule matched is marked wherever it stands, letters’ case aside', () => {
  const parts = marks('GET /Shell.php from 203.0.113.7', ['shell.php', '203.0.113.7'])
  expect(parts.filter(({ marked }) => marked).map(({ text }) => text)).toEqual([
    'Shell.php',
    '203.0.113.7',
  ])
  expect(parts.map(({ text }) => text).join('')).toBe('GET /Shell.php from 203.0.113.7')
})

test('a value that is a pattern is looked for as text', () => {
  expect(marks('a.c abc', ['a.c']).filter(({ marked }) => marked)).toHaveLength(1)
})

test('a record made of nothing but matches is still whole and bounded', () => {
  const text = 'abc '.repeat(5000)
  const parts = marks(text, ['abc'])
  expect(parts.length).toBeLessThan(1000)
  expect(parts.map(({ text: part }) => part).join('')).toBe(text)
})
