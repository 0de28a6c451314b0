import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LiteralAutomaton } from './literal-automaton.ts'

const letters = fc.constantFrom('a', 'b', 'A', 'B', '\\', ' ', 'đ', 'Đ', '\u212a', 'k', '\u{1f600}')
const text = fc.string({ unit: letters, maxLength: 12 })
const literals = fc.array(
  text.map((each) => each.toLowerCase()).filter((each) => each !== ''),
  { minLength: 1, maxLength: 8 },
)

function found(automaton: LiteralAutomaton, within: string): Set<string> {
  const hits = new Set<string>()
  automaton.search(within, (literal, end, length) => hits.add(`${literal} ${end} ${length}`))
  return hits
}

test('every occurrence of every literal is found, in any letter case and beyond ASCII', () => {
  fc.assert(
    fc.property(literals, text, (known, within) => {
      const hits = found(new LiteralAutomaton(known), within)
      const lower = within.toLowerCase()
      for (const [index, literal] of known.entries()) {
        for (let at = lower.indexOf(literal); at >= 0; at = lower.indexOf(literal, at + 1)) {
          expect(hits).toContain(`${index} ${at + literal.length} ${lower.length}`)
        }
      }
    }),
    { numRuns: 2_000 },
  )
})

test('within ASCII nothing else is found', () => {
  const automaton = new LiteralAutomaton(['he', 'she', 'his', 'hers'])
  expect([...found(automaton, 'uSHErs')].sort()).toEqual(['0 4 6', '1 4 6', '3 6 6'])
  expect(found(automaton, 'h e s h')).toEqual(new Set())
})
