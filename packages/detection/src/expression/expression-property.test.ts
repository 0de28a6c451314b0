import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CompiledExpression, compileExpression } from './expression.ts'

const characters = fc.constantFrom(
  ...['a', 'b', 'A', 'c', '1', ' ', '_', '-', 'é', 'k', '\\n', '\\x61', '\\u0062', '\\.'],
)
const classes = fc.constantFrom(
  ...[
    '[ab]',
    '[^a]',
    '[a-c]',
    '[^\\n]',
    '\\d',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '[A-Z_]',
    '[^b\\d]',
    '.',
  ],
)
const assertions = fc.constantFrom('^', '$', '\\b', '\\B')
const few = ['', '', '?', '{2}', '??']
const counts = fc.constantFrom(...few, '*', '+', '{0,2}', '{1,3}', '{2,}', '*?', '{18}', '{17,20}')
const countsOfGroups = fc.constantFrom(...few)

/** Groups are not repeated without bound: V8 would never come back from some of them. */
const { choice: expressions } = fc.letrec<Record<'atom' | 'sequence' | 'choice', string>>(
  (tie) => ({
    atom: fc.oneof(
      { weight: 6, arbitrary: fc.tuple(characters, counts).map((parts) => parts.join('')) },
      { weight: 5, arbitrary: fc.tuple(classes, counts).map((parts) => parts.join('')) },
      { weight: 2, arbitrary: assertions },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom('(', '(?:'), tie('choice'), countsOfGroups)
          .map(([open, inner, count]) => `${open}${inner})${count}`),
      },
    ),
    sequence: fc.array(tie('atom'), { maxLength: 4 }).map((parts) => parts.join('')),
    choice: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 3, arbitrary: tie('sequence') },
      {
        weight: 1,
        arbitrary: fc.tuple(tie('sequence'), tie('choice')).map((ways) => ways.join('|')),
      },
    ),
  }),
)

const units = [
  'a',
  'b',
  'A',
  'B',
  'c',
  '1',
  ' ',
  '_',
  '-',
  '\n',
  'é',
  'É',
  '\0',
  '\ud800',
  'k',
  'K',
]
const texts = fc
  .oneof(
    fc.array(fc.constantFrom(...units), { maxLength: 12 }),
    fc.array(fc.constantFrom('a', 'a', 'a', 'b', 'A'), { maxLength: 45 }),
    fc.array(fc.constantFrom('a', 'a', 'a', 'a', 'a', 'a', 'a', '1', '\n'), { maxLength: 45 }),
  )
  .map((letters) => letters.join(''))

/** Undefined where an expression is refused for what it might cost. */
function compiled(source: string, letters: string): CompiledExpression | undefined {
  try {
    return compileExpression(source, {
      ignoreCase: letters.includes('i'),
      multiline: letters.includes('m'),
      dotAll: letters.includes('s'),
    })
  } catch (error) {
    expect(String(error)).toContain('too many ways to match at once')
    return undefined
  }
}

const textsForEach = 40
const runs = 2_500

test('every expression finds what V8 finds, whichever engine runs it', () => {
  let pairs = 0
  let found = 0
  let refused = 0
  const flags = fc.constantFrom('', 'i', 'm', 's', 'ims')
  const some = fc.array(texts, { minLength: textsForEach, maxLength: textsForEach })
  fc.assert(
    fc.property(expressions, flags, some, (source, letters, sample) => {
      const native = new RegExp(source, letters)
      const expression = compiled(source, letters)
      if (expression === undefined) {
        refused += 1
        return
      }
      const { test: occurs, literals } = expression
      for (const text of sample) {
        const lower = text.toLowerCase()
        const expected = native.test(text)
        pairs += 1
        found += Number(expected)
        expect(occurs(text, lower)).toBe(expected)
        if (expected && literals.length > 0) {
          expect(literals.some((literal) => lower.includes(literal))).toBe(true)
        }
      }
    }),
    { numRuns: runs },
  )
  expect(refused).toBeLessThan(runs / 100)
  expect(pairs).toBe((runs - refused) * textsForEach)
  expect(found).toBeGreaterThan(pairs / 10)
})

test('no source makes the compiler fail in another way than with a cause', () => {
  const source = fc.string({
    unit: fc.constantFrom(...'ab|()[]{}^$.*+?\\-,:=!<>P19xu&iQE😀'),
    maxLength: 24,
  })
  const none = { ignoreCase: false, multiline: false, dotAll: false }
  fc.assert(
    fc.property(source, (written) => {
      try {
        compileExpression(written, none).test('ab1', 'ab1')
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
        expect(error).not.toBeInstanceOf(TypeError)
        expect(error).not.toBeInstanceOf(RangeError)
      }
    }),
    { numRuns: 3_000 },
  )
})
