import { expect, test } from 'vitest'
import { foldVietnamese } from './fold.ts'

test.each([
  ['Đắk Lắk', 'dak lak'],
  ['Đức', 'duc'],
  ['mã hoá', 'ma hoa'],
  ['mã hóa', 'ma hoa'],
  ['TẤN CÔNG', 'tan cong'],
  ['Đà Nẵng'.normalize('NFD'), 'da nang'],
  ['ưỡn ẹo', 'uon eo'],
])('%s folds to %s', (text, folded) => {
  expect(foldVietnamese(text)).toBe(folded)
})
