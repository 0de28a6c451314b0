import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GroupMatcher } from './group-matcher.ts'
import { parseGroups } from './group-parser.ts'

function found(source: string, text: string): (string | undefined)[][] {
  return new GroupMatcher(parseGroups(source)).all(text).map((match) => {
    const groups: (string | undefined)[] = []
    for (let i = 0; i < match.length; i += 2) {
      const from = match[i] ?? -1
      const to = match[i + 1] ?? -1
      groups.push(from < 0 || to < 0 ? undefined : text.slice(from, to))
    }
    return groups
  })
}

const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^b]',
  '\\w',
  '\\d',
  '^',
  '$',
  '\\b',
  '1',
  '\\.',
)
const quantifier = fc.constantFrom(
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,2}',
  '{0,2}?',
)
const { source } = fc.letrec((tie) => ({
  source: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc
      .tuple(fc.constantFrom('a', 'b', '.', '[ab]', '\\w'), quantifier)
      .map((parts) => parts.join('')),
    fc.array(tie('source'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    fc.tuple(tie('source'), tie('source')).map((parts) => `(${parts.join('|')})`),
    tie('source').map((inner) => `(?:${inner})`),
    tie('source').map((inner) => `(${inner})`),
  ),
}))

test('matches and groups are those of V8, for expressions without nested loops', () => {
  fc.assert(
    fc.property(source, fc.stringMatching(/^[ab1. ]{0,8}$/), (written, text) => {
      const expected = [...text.matchAll(new RegExp(String(written), 'g'))].map((match) => [
        ...match,
      ])
      expect(found(String(written), text)).toEqual(expected)
    }),
    { numRuns: 2_000 },
  )
})

test('groups have names and case can be ignored', () => {
  expect(parseGroups('(?P<x>a)(?<y>b)').names).toEqual(
    new Map([
      ['x', 1],
      ['y', 2],
    ]),
  )
  expect(found('(?i)(A+)É', 'xaAé')).toEqual([['aAé', 'aA']])
  expect(found('(a|ab)(c|bcd)', 'abcd')).toEqual([['abcd', 'a', 'bcd']])
  expect(found('(a*)*', 'b')).toHaveLength(2)
})

test.each([
  '(?=a)',
  '(a)\\1',
  '(?P=x)',
  '(?<x>a)(?<x>b)',
  'a**',
  '(',
  ')',
  '*',
  '[b-a]',
  'a{5000}',
])('%s is refused', (written) => {
  expect(() => new GroupMatcher(parseGroups(written))).toThrow()
})

test('hostile expressions end in linear time or are refused', () => {
  expect(found('(a+)+$', `${'a'.repeat(20_000)}!`)).toEqual([])
  expect(found('((a|a)*)*b', 'a'.repeat(2_000))).toEqual([])
  expect(() => found('(a)|.*z', 'a'.repeat(60_000))).toThrow('takes too long')
  expect(() => new GroupMatcher(parseGroups('((a{100}){100}){100}'))).toThrow('too large')
})
