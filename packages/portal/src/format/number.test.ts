import fc from 'fast-check'
import { expect, test } from 'vitest'
import { number, numberIn } from './number.ts'

test('what a language writes it reads again', () => {
  for (const language of ['vi', 'en'] as const) {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (thousandths) => {
        const value = thousandths / 1_000
        expect(numberIn(number(value, language, 3), language)).toBe(value)
      }),
    )
  }
})

test('the other language’s signs are refused where they would mean another number', () => {
  expect(numberIn('1.500', 'vi')).toBe(1_500)
  expect(numberIn('1.500', 'en')).toBe(1.5)
  expect(numberIn('2,5', 'vi')).toBe(2.5)
  expect(numberIn('250 000', 'vi')).toBe(250_000)
  for (const wrong of ['2.5', '1.50.000', '', 'x', '-1', '1e3']) {
    expect(numberIn(wrong, 'vi'), wrong).toBeNaN()
  }
  for (const wrong of ['2,5', '1,50,000', ' ']) expect(numberIn(wrong, 'en'), wrong).toBeNaN()
})
