import { expect, test } from 'vitest'
import { challengeEnd, newChallenge } from './challenge.ts'

const now = 1_800_000_000_000

test('a challenge holds for five minutes, for its purpose, under its key', () => {
  const made = newChallenge('secret', 'sign-in', now)
  expect(challengeEnd('secret', 'sign-in', made, now + 299_999)).toBe(now + 300_000)
  expect(challengeEnd('secret', 'sign-in', made, now + 300_000)).toBeUndefined()
  expect(challengeEnd('secret', 'make:usr_1', made, now)).toBeUndefined()
  expect(challengeEnd('other', 'sign-in', made, now)).toBeUndefined()
})

test('what was changed anywhere, or is nothing of ours, is no challenge', () => {
  const bytes = Buffer.from(newChallenge('secret', 'sign-in', now), 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(challengeEnd('secret', 'sign-in', changed.toString('base64url'), now)).toBeUndefined()
  }
  for (const text of ['', 'x', 'A'.repeat(100_000)]) {
    expect(challengeEnd('secret', 'sign-in', text, now)).toBeUndefined()
  }
})
