import { expect, test } from 'vitest'
import { flatten } from './flatten.ts'

test('every value stands under the path that leads to it', () => {
  expect(
    flatten({ src_endpoint: { ip: '192.0.2.1', port: 22 }, answers: ['a', 'b'], gone: null }),
  ).toEqual([
    { name: 'src_endpoint.ip', value: '192.0.2.1' },
    { name: 'src_endpoint.port', value: '22' },
    { name: 'answers', value: 'a, b' },
  ])
})

test('a record nested without end is shown to a depth and not beyond', () => {
  let deep: object = { end: 1 }
  for (let level = 0; level < 5000; level++) deep = { a: deep }
  expect(flatten({ deep: { ...deep } }).length).toBeLessThan(2)
})

test('a record of very many fields is cut', () => {
  const wide = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`f${index}`, index]),
  )
  expect(flatten(wide)).toHaveLength(400)
})
