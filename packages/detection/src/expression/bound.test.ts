import { expect, test } from 'vitest'
import { compileExpression } from './expression.ts'
import { parseExpression } from './expression-parser.ts'
import { hasFewStates } from './growth.ts'
import { programOf } from './program.ts'

const none = { ignoreCase: false, multiline: false, dotAll: false }
const letters = 100_000
/** Milliseconds: ten times what the slowest needs on an idle machine. */
const patience = 2_000

/** The letters `a` and `b` in no order, the same each time. */
function mixed(length: number, from = 'ab'): string {
  let seed = 7
  let text = ''
  for (let i = 0; i < length; i++) {
    seed = (seed * 48_271) % 2_147_483_647
    text += from.charAt(seed % from.length)
  }
  return text
}

test.each([
  '(?:a[ab]{0,9}){48}c',
  '(?:a[ab]{9}b[ab]{4}){9}c',
  'a[ab]{40,50}b[ab]{40,50}a[ab]{14}c',
  '(?:a.{0,9}b.{0,3}){9}c',
  '(x+x+)+y|a(?:[ab][bc]){240}d',
])('%s is refused, with what to write instead', (source) => {
  expect(() => compileExpression(source, none)).toThrow('too many ways to match at once: write "+"')
})

test.each([
  '(a+)+c',
  '(a|b)*a(a|b){480}c',
  '(?:a?){480}a{240}c',
  'a.{200}b.{200}c.{100}d',
  '[ab]*a(?:[ab]|bb){14}c',
  '(?:(?:a|b|ab|ba)+)+c',
  '(?:[^\\\\]|[ab]{2})[^c]{1,256}$',
  '^(?:[ab]+[ab]+)+[ab]+c',
])('%s takes time in proportion to the text', (source) => {
  const { test: occurs } = compileExpression(source, none)
  for (const text of [mixed(letters), mixed(letters, 'aaaaaaab'), 'a'.repeat(letters)]) {
    const begun = performance.now()
    occurs(text, text)
    expect(performance.now() - begun).toBeLessThan(patience)
  }
})

test('where the table has no room, a match after its landmark is found', () => {
  for (const source of ['xyz.*a[ab]{14}c', 'xyz(?:[ab]|bb)*a[ab]{14}c']) {
    const { test: occurs } = compileExpression(source, none)
    const text = `xyz${mixed(30_000)}a${mixed(14)}c`
    expect(occurs(text, text)).toBe(true)
    expect(occurs(`${text} xyz`, `${text} xyz`)).toBe(true)
    expect(occurs(text.slice(0, -1), text.slice(0, -1))).toBe(false)
  }
})

test.each([
  ['a', 3],
  ['ab', 5],
  ['a[ab]{4}c', 64],
])('the states of %s are counted as far as asked', (source, many) => {
  const program = programOf(parseExpression(source, none))
  expect(hasFewStates(program, 1)).toBe(false)
  expect(hasFewStates(program, many)).toBe(true)
})
