import { hashPassword } from 'better-auth/crypto'
import { expect, test } from 'vitest'
import { hashOfPassword, isPasswordOf } from '../src/password-hash.ts'

test('a hash says what it cost, has a salt of its own, and is of one password, every character of it', async () => {
  const long = `${'trầm hương núi cao '.repeat(6)}7`
  const [hash, again] = [await hashOfPassword(long), await hashOfPassword(long)]
  expect(hash).toMatch(/^scrypt\$15\$8\$3\$/)
  expect(hash).not.toBe(again)
  expect(await isPasswordOf(hash, long)).toBe(true)
  // Marks composed otherwise are the same text; anything else is not.
  expect(await isPasswordOf(hash, long.normalize('NFD'))).toBe(true)
  for (const other of [long.slice(0, -1), `${long} `, long.toUpperCase(), '']) {
    expect(await isPasswordOf(hash, other)).toBe(false)
  }
})

test('a hash of before is still read', async () => {
  const hash = await hashPassword('một mật khẩu cũ')
  expect(await isPasswordOf(hash, 'một mật khẩu cũ')).toBe(true)
  expect(await isPasswordOf(hash, 'một mật khẩu cu')).toBe(false)
})

test('what is no hash opens nothing', async () => {
  await expect(isPasswordOf('', '')).rejects.toThrow()
  await expect(isPasswordOf('scrypt$99$8$1$x$y', 'x')).rejects.toThrow()
})
