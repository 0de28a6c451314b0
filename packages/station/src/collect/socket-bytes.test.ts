import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { socketBytes } from './socket-bytes.ts'

test('what waits comes in one piece, up to its bound, and nothing of it twice', async () => {
  const source = new Readable({ read: () => undefined })
  const records = Array.from({ length: 1000 }, (_, n) => `record ${n}\n`)
  for (const record of records) source.push(record)
  const pieces = socketBytes(source as Socket)
  expect(String((await pieces.next()).value)).toBe(records.join(''))
  const large = Buffer.alloc(600_000, 'x')
  for (const each of [large, large, large]) source.push(each)
  source.push(null)
  expect((await pieces.next()).value).toHaveLength(1_200_000)
  expect((await pieces.next()).value).toHaveLength(600_000)
  expect((await pieces.next()).done).toBe(true)
})

test('what came before a reset is handed on', async () => {
  const source = new Readable({ read: () => undefined })
  const pieces = socketBytes(source as Socket)
  source.push('first')
  expect(String((await pieces.next()).value)).toBe('first')
  source.push('last')
  source.destroy(new Error('reset'))
  expect(String((await pieces.next()).value)).toBe('last')
  await expect(pieces.next()).rejects.toThrow('reset')
})
