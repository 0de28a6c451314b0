import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keywordGate } from './keyword-gate.ts'

const character = fc.constantFrom('a', 'K', '"', '\\', '/', '\n', 'đ', '\u212a', ':', ' ', '\u0001')
const text = fc.string({ unit: character, maxLength: 10 })

/** JSON as other writers put it: every character as an escape. */
function escaped(value: string): string {
  const codes = value.split('').map((each) => each.charCodeAt(0).toString(16).padStart(4, '0'))
  return `{"v":"${codes.map((code) => `\\u${code}`).join('')}"}`
}

test('a record whose values hold a keyword always passes, however its JSON is written', () => {
  fc.assert(
    fc.property(text, text, text, (before, keyword, after) => {
      fc.pre(keyword !== '')
      const value = `${before}${keyword}${after}`
      const gate = keywordGate([keyword.toLowerCase(), 'sekurlsa::'])
      expect(gate(JSON.stringify({ v: value }))).toBe(true)
      expect(gate(escaped(value))).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test.each([4, 40])('a record without any of %i keywords does not pass', (count) => {
  const gate = keywordGate(Array.from({ length: count }, (_, i) => `mod${i}::dump`))
  expect(gate(JSON.stringify({ v: 'mod1:dump C:\\Windows\\cmd.exe' }))).toBe(false)
  expect(gate(JSON.stringify({ v: 'x MOD3::Dump y' }))).toBe(true)
})
