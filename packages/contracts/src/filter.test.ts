import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FilterNode, parseFilter, printFilter } from './filter.ts'

function tree(text: string): FilterNode | null {
  const result = parseFilter(text)
  if (!result.ok) throw new Error(`${result.at}: ${result.expected}`)
  return result.node
}

test('and binds closer than or, and stands between neighbours unwritten', () => {
  expect(printFilter(tree('a:1 b:2 or c:3'))).toBe('(a:1 and b:2) or c:3')
})

test('a missing parenthesis is named with its place', () => {
  expect(parseFilter('(a:1')).toEqual({ ok: false, at: 4, expected: 'a closing parenthesis' })
})

test('what is printed reads back to the same tree', () => {
  const leaf = fc.record({
    kind: fc.constant('term' as const),
    field: fc.constantFrom(null, 'user', 'src_ip'),
    operator: fc.constant(':' as const),
    value: fc.string({ minLength: 1 }),
    quoted: fc.constant(true),
  })
  fc.assert(
    fc.property(fc.array(leaf, { minLength: 2, maxLength: 5 }), (nodes) => {
      const node: FilterNode = {
        kind: 'or',
        nodes: [
          { kind: 'and', nodes },
          { kind: 'not', node: nodes[0] as FilterNode },
        ],
      }
      expect(tree(printFilter(node))).toEqual(node)
    }),
  )
})

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseFilter(text)))
  expect(parseFilter('('.repeat(10_000)).ok).toBe(false)
})
