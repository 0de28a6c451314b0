import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTooDeep, parseForeignJson } from './json-nesting.ts'

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

test('a text is too deep exactly where the value it stands for is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 7 }), (value, depth) => {
      expect(isTooDeep(JSON.stringify(value), depth)).toBe(depthOf(value) > depth)
    }),
    { numRuns: 2_000 },
  )
})

test('text that would harm the engine is refused, however often it comes', () => {
  const text = '{"proto":"TCP","ssh":{"c'.repeat(10_000)
  for (let turn = 0; turn < 400; turn++) {
    expect(() => parseForeignJson(text)).toThrow('nested deeper than 256 levels')
  }
})

test('other text is read as JSON', () => {
  expect(parseForeignJson(`${'['.repeat(256)}${']'.repeat(256)}`)).toHaveLength(1)
  expect(parseForeignJson('{"a":"[[[{{{"}')).toEqual({ a: '[[[{{{' })
  expect(() => parseForeignJson('{')).toThrow(SyntaxError)
})
