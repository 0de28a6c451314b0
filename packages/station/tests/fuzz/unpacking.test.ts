import { Readable } from 'node:stream'
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { Problem } from '@haidang/runtime/problem'
import { expect, test } from 'vitest'
import { readMessage } from '../../src/collect/fluent/fluent-message.ts'
import { messagePack } from '../../src/collect/fluent/message-pack-writer.ts'
import { wholeBody } from '../../src/collect/http/request-body.ts'
import { ProtocolError } from '../../src/collect/protocol-error.ts'
import { Dice, mutated } from './mutate.ts'

const packers = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: (bytes: Buffer) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  zstd: zstdCompressSync,
} as const
const codings = Object.keys(packers) as (keyof typeof packers)[]
const bound = 1_048_576

/** How much of a body was unpacked, and how it ended. */
async function unpacked(coding: string, bytes: Buffer): Promise<{ spent: number; end: string }> {
  let spent = 0
  const request = {
    body: Readable.from([bytes]),
    raw: Readable.from([]),
    headers: { 'content-encoding': coding },
  }
  const spend = (more: number) => {
    spent += more
  }
  try {
    await wholeBody(request, { bytes: bound, spend })
    return { spent, end: 'read' }
  } catch (error) {
    if (error instanceof Problem) return { spent, end: error.code }
    throw error
  }
}

test.each(codings)('a bomb in %s ends at the bound', async (coding) => {
  const bomb = packers[coding](Buffer.alloc(16 * bound))
  const { spent, end } = await unpacked(coding, bomb)
  expect(end).toBe('request.too-large')
  expect(spent).toBeLessThanOrEqual(bound)
})

test.each(codings)('neighbours of a body in %s are read or refused', async (coding) => {
  const seeds = [
    packers[coding](Buffer.from('{"a":1}\n'.repeat(50))),
    packers[coding](Buffer.alloc(9000)),
  ]
  const dice = new Dice(4)
  const ends = new Set<string>()
  for (let i = 0; i < 300; i++) ends.add((await unpacked(coding, mutated(seeds, dice, 4096))).end)
  expect([...ends].sort()).toEqual(expect.arrayContaining(['request.invalid']))
  expect([...ends].filter((end) => !/^(?:read|request\.(?:invalid|too-large))$/.test(end))).toEqual(
    [],
  )
})

test('a bomb of packed entries is refused, and so is one in zstd', async () => {
  for (const [coding, pack] of [
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const) {
    const packed = pack(Buffer.alloc(64 * bound))
    const message = messagePack(['tag', packed, new Map([['compressed', coding]])])
    await expect(readMessage(message, () => undefined)).rejects.toThrow(ProtocolError)
  }
})
