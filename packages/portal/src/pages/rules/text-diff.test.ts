import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DiffLine, diffLines, folded } from './text-diff.ts'

const side = (lines: readonly DiffLine[], other: DiffLine['kind']) =>
  lines
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join('\n')

test('a changed value is one line out and one in, between the lines that stayed', () => {
  const shown = diffLines('a\nlevel: high\nb', 'a\nlevel: low\nb\nc')
  expect(shown).toEqual([
    { kind: 'same', text: 'a', before: 1, after: 1 },
    { kind: 'removed', text: 'level: high', before: 2 },
    { kind: 'added', text: 'level: low', after: 2 },
    { kind: 'same', text: 'b', before: 3, after: 3 },
    { kind: 'added', text: 'c', after: 4 },
  ])
})

test('both texts can be read back from a comparison, and equal texts show no change', () => {
  const line = fc.constantFrom('a', 'b', 'c', '')
  const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const shown = diffLines(before, after)
      expect(side(shown, 'added')).toBe(before)
      expect(side(shown, 'removed')).toBe(after)
      if (before === after) expect(shown.every(({ kind }) => kind === 'same')).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('texts too long to compare line by line are still shown whole', () => {
  const many = (word: string) => Array.from({ length: 3000 }, (_, n) => `${word} ${n}`).join('\n')
  const shown = diffLines(many('old'), many('new'))
  expect(shown).toHaveLength(6000)
  expect(side(shown, 'removed')).toBe(many('new'))
})

test('equal lines far from a change are counted instead of shown', () => {
  const lines = Array.from({ length: 20 }, (_, n) => `line ${n + 1}`)
  const after = lines.with(9, 'other')
  const parts = folded(diffLines(lines.join('\n'), after.join('\n')))
  expect(parts.map((part) => ('skipped' in part ? part.skipped : part.lines.length))).toEqual([
    6, 8, 7,
  ])
})
