import { expect, test } from 'vitest'
import { compareVersions, readVersionRange } from './version-range.ts'

test('versions stand in the order they were made', () => {
  const made = ['6.4', '7.2-beta2', '7.2-rc1', '7.2', '7.2.0a', '7.2.3', '7.2.10', 'v7.10', '10']
  expect(made.toReversed().toSorted(compareVersions)).toEqual(made)
  expect(compareVersions('7.2', '7.2.0')).toBe(0)
})

test.each([
  ['< 7.2.3', ['6.4', '7.2', '7.2.3-rc1'], ['7.2.3', '7.2.10', '8']],
  ['>= 7, < 7.2.3', ['7', '7.2.2'], ['6.9', '7.2.3']],
  ['6.4 || >= 7, <= 7.1', ['6.4', '7.0.9', '7.1'], ['6.5', '7.1.1']],
  ['', ['1', 'x'], []],
])('%j holds for the versions it says', (range, inside, outside) => {
  const holds = readVersionRange(range)
  expect(inside.filter((version) => !holds?.(version))).toEqual([])
  expect(outside.filter((version) => holds?.(version))).toEqual([])
})

test.each(['mới nhất', '< ', '~> 7', '7 and 8', '< 7;'])('%j is no range', (range) => {
  expect(readVersionRange(range)).toBeUndefined()
})
