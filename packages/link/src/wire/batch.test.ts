import { isTooDeep } from '@haidang/contracts/json-nesting'
import { expect, test } from 'vitest'
import { beyond, readBatch } from './batch.ts'

const at = '2026-03-01T00:00:00.000Z'
const bytes = (...lines: object[]) =>
  Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'))
const gap = (first: number, last: number, count: number) => ({
  gap: { first, last, count, from: at, to: at, reason: 'full' },
})
const invalid = expect.objectContaining({ code: 'link.batch-invalid' })

test('records take one number each, a gap as many as it says', () => {
  const read = readBatch(bytes({ a: 1 }, gap(6, 9, 4), { b: 1 }), { first: 5, last: 10 }, 1000)
  expect(read.map(({ kind, first, last }) => [kind, first, last])).toEqual([
    ['record', 5, 5],
    ['gap', 6, 9],
    ['record', 10, 10],
  ])
})

test('lines that do not fill the span are refused', () => {
  expect(() => readBatch(bytes({ a: 1 }), { first: 1, last: 2 }, 1000)).toThrow(invalid)
  expect(() => readBatch(bytes({}, {}), { first: 1, last: 1 }, 1000)).toThrow(invalid)
  expect(() => readBatch(bytes(gap(2, 3, 2)), { first: 1, last: 2 }, 1000)).toThrow(invalid)
})

test('what is not UTF-8, not JSON, not an object or too deep is refused', () => {
  const one = { first: 1, last: 1 }
  const deep = `{"a":${'['.repeat(100)}${']'.repeat(100)}}`
  for (const bad of [Buffer.from([0xff]), '{', '[]', 'null', deep]) {
    expect(() => readBatch(Buffer.from(bad), one, 1000)).toThrow(invalid)
  }
  expect(() => readBatch(bytes({ a: 'x'.repeat(1000) }), one, 1000)).toThrow(
    expect.objectContaining({ code: 'request.too-large' }),
  )
})

test('an overlap leaves what is new, a gap cut at the watermark', () => {
  const read = readBatch(bytes({ a: 1 }, gap(2, 5, 4), { b: 1 }), { first: 1, last: 6 }, 1000)
  const left = beyond(read, 3)
  expect(left).toMatchObject([
    { first: 4, last: 5, gap: { first: 4, last: 5, count: 2 } },
    { first: 6 },
  ])
  expect(beyond(read, 6)).toEqual([])
})

test('brackets inside strings do not count as nesting', () => {
  expect(isTooDeep(JSON.stringify({ a: '[[[["\\[[[', b: [1] }), 2)).toBe(false)
  expect(isTooDeep('[[[', 2)).toBe(true)
  expect(isTooDeep('"[[[', 2)).toBe(false)
})
