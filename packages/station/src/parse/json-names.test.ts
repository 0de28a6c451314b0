import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasMoreNames } from './json-names.ts'

/** The most names an object of a value has. */
function namesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value).map(namesOf)
  return Math.max(Array.isArray(value) ? 0 : Object.keys(value).length, 0, ...inner)
}

test('names are counted as reading the text would', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(4), (text, most) => {
      expect(hasMoreNames(text, most)).toBe(namesOf(JSON.parse(text)) > most)
    }),
  )
})

test('a name that stands twice counts twice; strings and what is no JSON are passed over', () => {
  expect(hasMoreNames('{"a":1,"a":2}', 1)).toBe(true)
  expect(hasMoreNames('{"a":"\\"b\\":{:::\\\\"}', 1)).toBe(false)
  for (const text of ['"', '}}}', '{"a', '\\"']) expect(hasMoreNames(text, 0)).toBe(false)
})
