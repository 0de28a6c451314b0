import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine, plainCell, safeCell } from './csv-cell.ts'

test.each(['=1+1', '+84 24', '-1', '@SUM(A1)', '\t=1', '  =1', '\r=1', "'=1"])(
  'no spreadsheet computes %j',
  (text) => expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/),
)

test('numbers stay numbers, and what separates is quoted', () => {
  expect(csvLine(['a;b', 'nói "có"', -3, 'một\nhai', 'x'])).toBe(
    '"a;b","nói ""có""",-3,"một\nhai",x\r\n',
  )
})

test('a cell made safe is read as it was', () => {
  const texts = fc.string({ unit: fc.constantFrom("'", ' ', '=', '+', '-', '@', '\t', 'a') })
  fc.assert(
    fc.property(texts, (text) => {
      expect(plainCell(safeCell(text))).toBe(text)
    }),
  )
})
