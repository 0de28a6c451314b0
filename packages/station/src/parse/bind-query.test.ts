import { expect, test } from 'vitest'
import { looksLikeBindQuery, parseBindQuery } from './bind-query.ts'

test('a question is read with who asked for it, and of whom', () => {
  const line =
    'client @0x7f6b3c00a8e8 192.0.2.10#53124 (a.example): view trong: query: a.example IN TXT +E(0)K (198.51.100.53)'
  expect(parseBindQuery(line)).toEqual({
    ok: true,
    value: {
      ...{ time: undefined, client: '192.0.2.10', port: 53_124 },
      ...{ name: 'a.example', type: 'TXT', server: '198.51.100.53' },
    },
  })
})

test.each([
  'client 192.0.2.10#53124: zone transfer denied',
  'query: a.example IN A',
  'client x#1 (a): query: a IN A',
])('%s is no question', (line) => {
  expect(looksLikeBindQuery(line)).toBe(false)
  expect(parseBindQuery(line)).toMatchObject({ ok: false, reason: 'bind.no-query' })
})

test('a hostile line costs no more than its length', () => {
  const before = performance.now()
  looksLikeBindQuery(`client ${'1:'.repeat(200_000)} query: `)
  looksLikeBindQuery(`client 1.1.1.1#1 (${'('.repeat(400_000)} query: `)
  expect(performance.now() - before).toBeLessThan(1_000)
})
