import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'

test('a cursor reads back as the values it was made of', () => {
  const values = ['time', '2026-11-22T00:00:00.000Z', 7, null]
  expect(decodeCursor(encodeCursor(values), 4)).toEqual(values)
})

test.each(['', 'x', '%%%', encodeCursor([1]), encodeCursor([{}, []]), 'A'.repeat(2000)])(
  'the forged cursor %# is refused',
  (text) => {
    expect(() => decodeCursor(text, 2)).toThrow(expect.objectContaining({ code: 'cursor.invalid' }))
  },
)
