import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSeal } from './seal.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'haidang-seal-'))
})
afterAll(() => rm(directory, { recursive: true }))

test('what is sealed opens after a restart, for its owner alone, and differs each time', async () => {
  const seal = await openSeal(directory, 'account-secrets')
  const sealed = seal.seal('usr_1', 'bí mật')
  expect(seal.seal('usr_1', 'bí mật')).not.toBe(sealed)
  const again = await openSeal(directory, 'account-secrets')
  expect(again.open('usr_1', sealed)).toBe('bí mật')
  expect(() => again.open('usr_2', sealed)).toThrow()
  expect(() => again.open('usr_1', `${sealed.slice(0, -3)}AAA`)).toThrow()
})

test('only its owner reads the key', async () => {
  const { mode } = await stat(join(directory, 'keys', 'account-secrets.key'))
  expect(mode & 0o077).toBe(0)
})
