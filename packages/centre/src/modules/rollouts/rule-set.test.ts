import { Ring } from '@haidang/contracts/rule-set'
import { expect, test } from 'vitest'
import { changes, driftState, manifestOf, requireWider, wantedBy } from './rule-set.ts'

const file = (path: string, sha256 = path) => ({ path, sha256, expires_at: null })
const sets = [
  { number: 1, ring: 'general' as const },
  { number: 2, ring: 'early' as const },
  { number: 3, ring: 'canary' as const },
  { number: 4, ring: null },
]

test('a set says the same of the same files in any order, and something else of others', () => {
  const both = [file('rules/b.yml'), file('rules/a.yml')]
  const one = manifestOf(1, both)
  expect(one.files.map(({ path }) => path)).toEqual(['rules/a.yml', 'rules/b.yml'])
  expect(manifestOf(2, both.toReversed()).hash).toBe(one.hash)
  expect(manifestOf(1, [file('rules/a.yml', 'x'), file('rules/b.yml')]).hash).not.toBe(one.hash)
})

test('each ring gets the newest set that was rolled out as far as it', () => {
  expect(Ring.options.map((ring) => [ring, wantedBy(ring, sets)])).toEqual([
    ['canary', 3],
    ['early', 2],
    ['general', 1],
  ])
  expect(wantedBy('general', [])).toBeNull()
})

test('a roll-out only widens, and never goes behind what is out already', () => {
  const illegal = expect.objectContaining({ code: 'rule-set.illegal-step' })
  expect(() => requireWider({ number: 3, ring: 'canary' }, 'early', sets)).not.toThrow()
  expect(() => requireWider({ number: 4, ring: null }, 'general', sets)).not.toThrow()
  expect(() => requireWider({ number: 3, ring: 'canary' }, 'canary', sets)).toThrow(illegal)
  expect(() => requireWider({ number: 1, ring: 'general' }, 'canary', sets)).toThrow(illegal)
  expect(() => requireWider({ number: 1, ring: null }, 'early', sets)).toThrow(illegal)
})

test('changes name what came, went and became another', () => {
  const before = [file('a'), file('b'), file('c')]
  const after = [file('a'), file('b', 'x'), file('d')]
  expect(changes(before, after)).toEqual({ added: ['d'], removed: ['c'], changed: ['b'] })
})

test.each([
  ['none', { assigned: null }],
  ['sent', { assigned: 2 }],
  ['sent', { assigned: 2, reported: 1, reported_hash: 'old' }],
  ['in_force', { assigned: 2, reported: 2, reported_hash: 'h' }],
  ['drifted', { assigned: 2, reported: 2, reported_hash: 'other' }],
  ['drifted', { assigned: 2, reported: 3, reported_hash: 'h' }],
  ['refused', { assigned: 2, reported: 1, reported_hash: 'old', refused: 2 }],
] as const)('a station is %s for %o', (state, of) => {
  const whole = { hash: 'h', reported: null, reported_hash: null, refused: null, ...of }
  expect(driftState(whole)).toBe(state)
})
