import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeywordGate } from './keyword-gate.ts'

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
      const gate = new KeywordGate([keyword.toLowerCase(), 'sekurlsa::'])
      expect(gate.passes(JSON.stringify({ v: value }))).toBe(true)
      expect(gate.passes(escaped(value))).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test.each([4, 40])('a record without any of %i keywords does not pass', (count) => {
  const gate = new KeywordGate(Array.from({ length: count }, (_, i) => `mod${i}::dump`))
  expect(gate.passes(JSON.stringify({ v: 'mod1:dump C:\\Windows\\cmd.exe' }))).toBe(false)
  expect(gate.passes(JSON.stringify({ v: 'x MOD3::Dump y' }))).toBe(true)
})

test('a gate that lets most records through stands open for a while, then looks again', () => {
  const gate = new KeywordGate(['sekurlsa::'])
  for (let i = 0; i < 1_024; i++) expect(gate.passes('{"v":"sekurlsa::"}')).toBe(true)
  let open = 0
  while (gate.passes('{"v":"nothing"}')) open += 1
  expect(open).toBe(16_384)
})
