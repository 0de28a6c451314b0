import { expect, test } from 'vitest'
import { base32, newTotpSecret, stepOf, totpCode, totpStep, totpUri } from './totp.ts'

/** RFC 6238 appendix B, SHA-1; the last six of its eight digits. */
const secret = base32(Buffer.from('12345678901234567890'))

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %d seconds the code is %s', (seconds, code) => {
  expect(totpCode(secret, totpStep(seconds * 1000))).toBe(code)
})

test('a code counts half a minute before and after its own, no longer', () => {
  const now = 1_111_111_109_000
  const step = totpStep(now)
  const found = [-2, -1, 0, 1, 2].map((n) => stepOf(secret, totpCode(secret, step + n), now))
  expect(found).toEqual([undefined, step - 1, step, step + 1, undefined])
})

test('what is no six digits is no code', () => {
  for (const text of ['', '28708', '2870820', 'ĐĐĐ', '😀😀']) {
    expect(stepOf(secret, text, 59_000)).toBeUndefined()
  }
})

test('a secret has 160 bits in base32, each another', () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
  expect(newTotpSecret()).not.toBe(newTotpSecret())
})

test('the address an authenticator reads keeps every letter of issuer and account', () => {
  const uri = new URL(totpUri(secret, 'Hải Đăng A&B', 'a+b@x.example'))
  expect(decodeURIComponent(uri.pathname)).toContain('Hải Đăng A&B:a+b@x.example')
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    secret,
    issuer: 'Hải Đăng A&B',
  })
})
