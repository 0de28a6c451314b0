import { gzipSync, zstdCompressSync } from 'node:zlib'
import { compressionsAlgorithms } from '@platformatic/kafka'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProtocolError } from '../protocol-error.ts'
import { unpack } from './unpack.ts'

const most = 1_048_576
const zeros = Buffer.alloc(64 * most)
/** A literal of one octet, then copies of it without end: 64 of each. */
const snappyBomb = Buffer.concat([
  Buffer.from([0x80, 0x80, 0x80, 0x80, 0x04, 0x00, 0x61]),
  Buffer.alloc(3 * 100_000, Buffer.from([0xfe, 0x01, 0x00])),
])
/** One match of many octets in a block. */
const lz4Bomb = (() => {
  const block = Buffer.concat([
    Buffer.from([0x1f, 0x61, 0x01, 0x00]),
    Buffer.alloc(100_000, 0xff),
    Buffer.from([0x00, 0x10, 0x61]),
  ])
  const head = Buffer.from('04224d186040ab', 'hex')
  const size = Buffer.alloc(4)
  size.writeUInt32LE(block.length)
  return Buffer.concat([head, size, block, Buffer.alloc(4)])
})()

test.each([
  ['gzip', 1, gzipSync(zeros)],
  ['snappy', 2, snappyBomb],
  ['lz4', 3, lz4Bomb],
  ['zstd', 4, zstdCompressSync(zeros)],
])('%s: what would grow beyond the bound is refused', async (_, codec, bytes) => {
  expect(bytes.length).toBeLessThan(most)
  await expect(unpack(codec, bytes, most)).rejects.toThrow(ProtocolError)
})

test.each([
  ['gzip', 1],
  ['snappy', 2],
  ['lz4', 3],
  ['zstd', 4],
] as const)('%s: what the plug-in packs is unpacked', async (name, codec) => {
  const { compressSync } = compressionsAlgorithms[name]
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 500 }), async (words, times) => {
      const plain = Buffer.concat(Array.from({ length: times }, () => words).flat())
      expect(await unpack(codec, Buffer.from(compressSync(plain)), most)).toEqual(plain)
    }),
    { numRuns: 30 },
  )
})

test('a codec nobody knows, and a copy from before the beginning, are refused', async () => {
  await expect(unpack(7, Buffer.from('x'), most)).rejects.toThrow('codec 7')
  await expect(unpack(2, Buffer.from([0x04, 0x01, 0x05]), most)).rejects.toThrow(ProtocolError)
})
