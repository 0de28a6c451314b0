import { expect, test } from 'vitest'
import { countedBy, patternFault, writtenNumber } from './number-series.ts'
import { Regulation } from './regulation.ts'

const parts = { number: 12, year: 2026, issuer: 'BO.1' }

test('a pattern is filled with the number, the year and who issues', () => {
  expect(writtenNumber('LĐP-{year}-{number:4}', parts)).toBe('LĐP-2026-0012')
  expect(writtenNumber('{number}/LĐP-{issuer}', parts)).toBe('12/LĐP-BO.1')
  expect(writtenNumber('{number:2}/{year}/YCĐP', { ...parts, number: 123 })).toBe('123/2026/YCĐP')
})

test('what is written beside the number is what is counted: each year, each issuer, whatever the width', () => {
  expect(countedBy('LĐP-{year}-{number:4}', parts)).toBe('LĐP-2026-#')
  expect(countedBy('LĐP-{year}-{number:6}', parts)).toBe('LĐP-2026-#')
  expect(countedBy('{number}/LĐP-{issuer}', parts)).toBe('#/LĐP-BO.1')
})

test.each([
  ['LĐP-{year}', '{number} or {number:4} must stand in it once'],
  ['{number}-{number:3}', '{number} or {number:4} must stand in it once'],
  ['LĐP{year}{number}', 'a sign that is no digit must stand between'],
  ['{number:4}2026', 'a sign that is no digit must stand between'],
  ['{number}/{year:2}', 'only {number} has a width'],
  ['{number}/{org}', 'only letters, digits'],
  ['{number}\n', 'only letters, digits'],
])('the pattern %j is refused with its cause', (pattern, cause) => {
  expect(patternFault(pattern)).toContain(cause)
})

test('two series of one kind on the same days are refused where they stand', () => {
  const words = { vi: 'x', en: 'x' }
  const one = { id: 'a', name: words, clause: 'x', counts: 'order', pattern: '{number}/LĐP' }
  const refused = (series: object[]) =>
    Regulation.safeParse({
      profile: 'vn-u',
      name: words,
      valid_from: '2000-01-01',
      series,
    }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  expect(refused([one, { ...one, id: 'b' }])).toEqual([
    'series.1.counts: a counts the same on the same days',
  ])
  expect(refused([{ ...one, pattern: 'LĐP' }])).toEqual([
    'series.0.pattern: {number} or {number:4} must stand in it once',
  ])
  const until = { ...one, valid_to: '2026-11-30' }
  expect(refused([until, { ...one, id: 'b', valid_from: '2026-12-01' }])).toBeUndefined()
})
