import { expect, test } from 'vitest'
import { wireFilter } from './wire-filter.ts'

test('levels travel as ranks wherever they stand in the tree', () => {
  expect(wireFilter('severity>=high and not (severity:low or tlp:red)')).toBe(
    'severity>=4 and not (severity:2 or tlp:4)',
  )
})

test('a word that is no level is left for the node to refuse', () => {
  expect(wireFilter('severity:huge')).toBe('severity:huge')
})

test('an empty filter is not sent', () => {
  expect(wireFilter('  ')).toBeUndefined()
})
