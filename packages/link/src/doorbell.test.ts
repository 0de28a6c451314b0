import { expect, test } from 'vitest'
import { Doorbell } from './doorbell.ts'

const never = new AbortController().signal

test('a ring wakes everybody who waits', async () => {
  const bell = new Doorbell()
  const waiting = Promise.all([bell.wait(60_000, never), bell.wait(60_000, never)])
  bell.ring()
  await expect(waiting).resolves.toBeDefined()
})

test('a ring that nobody heard is remembered once', async () => {
  const bell = new Doorbell()
  bell.ring()
  await bell.wait(60_000, never)
  const ended = new AbortController()
  const waiting = bell.wait(60_000, ended.signal)
  ended.abort()
  await expect(waiting).resolves.toBeUndefined()
})
