import { expect, test } from 'vitest'
import { alertSearch, eventSearch, signInSearch } from './search.ts'

test('an address that makes no sense is an address that says nothing', () => {
  expect(alertSearch({ view: 'nonsense', q: {}, range: 3 })).toEqual({})
})

test('a number in the query is text, as the person typed it', () => {
  expect(eventSearch({ q: 443, range: '24h' })).toEqual({ q: '443', range: '24h' })
})

test('sign-in never leads away from this node', () => {
  expect(signInSearch({ to: 'https://example.net/' })).toEqual({})
  expect(signInSearch({ to: '//example.net/' })).toEqual({})
  expect(signInSearch({ to: '/\\example.net' })).toEqual({})
  expect(signInSearch({ to: '/\t/example.net' })).toEqual({})
  expect(signInSearch({ to: '/\n\\example.net' })).toEqual({})
  expect(signInSearch({ to: 'javascript:alert(1)' })).toEqual({})
  expect(signInSearch({ to: '/alerts?view=mine' })).toEqual({ to: '/alerts?view=mine' })
})
