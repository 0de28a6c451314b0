import { expect, test } from 'vitest'
import { isPassing } from './passing.ts'
import { Problem } from './problem.ts'

test.each([
  'database.unavailable',
  'database.busy',
  'event-store.unavailable',
  'blobs.unavailable',
] as const)('%s says nothing of what was asked', (code) => {
  expect(isPassing(new Problem(code))).toBe(true)
})

test('a refusal stays one, and a fault of the program is none that passes', () => {
  expect(isPassing(new Problem('request.invalid'))).toBe(false)
  expect(isPassing(new Error('database.busy'))).toBe(false)
})
