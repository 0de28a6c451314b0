import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { HeldBytes } from './held-bytes.ts'
import { alone } from './line-splitter.ts'

test('of connections that end at once one after the other is put together, a failure holds nobody up', async () => {
  const held = new HeldBytes()
  let running = 0
  let most = 0
  const work = async (n: number) => {
    most = Math.max(most, ++running)
    await turn()
    running--
    if (n === 2) throw new Error('the disk is full')
    return n
  }
  const done = await Promise.allSettled([1, 2, 3, 4].map((n) => held.inTurn(() => work(n))))
  expect(most).toBe(1)
  expect(done.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ])
})

test('the beginning of a message does not keep the chunk alive that it came at the end of', () => {
  const chunk = new Uint8Array(Buffer.concat([Buffer.alloc(60_000, 'a'), Buffer.from('\n<13>b')]))
  expect(alone(chunk.subarray(60_001)).buffer.byteLength).toBe(5)
  expect(alone(chunk)).toBe(chunk)
})
