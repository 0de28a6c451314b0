import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type UnpackBounds, unpackBounds, unpackFile } from './unpack-file.ts'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'unpack-'))
})
afterAll(() => rm(directory, { recursive: true }))

/** What came of a packed file, and where it ended. */
async function unpacked(packed: Buffer, bounds: Partial<UnpackBounds> = {}) {
  const path = join(directory, 'packed')
  await writeFile(path, packed)
  const handle = await open(path)
  const pieces: Buffer[] = []
  try {
    const all = unpackFile(handle, { ...unpackBounds, ...bounds })
    for await (const piece of all) pieces.push(piece)
    return { bytes: Buffer.concat(pieces), end: 'whole' }
  } catch (error) {
    return { bytes: Buffer.concat(pieces), end: (error as Error).message }
  } finally {
    await handle.close()
  }
}

const noise = Buffer.from(
  Array.from({ length: 120_000 }, (_, i) => Math.imul(i, 2_654_435_761) >>> 13).join(),
)

test.each([
  ['gzip', gzipSync(noise)],
  ['zstd', zstdCompressSync(noise)],
])('all that is left of a cut file of %s is answered', async (_name, packed) => {
  expect(await unpacked(packed)).toEqual({ bytes: noise, end: 'whole' })
  const cut = await unpacked(packed.subarray(0, packed.length - 5))
  expect(cut.end).toBe('truncated')
  const { length } = cut.bytes
  expect(cut.bytes.equals(noise.subarray(0, length))).toBe(true)
  expect(length).toBeGreaterThan(noise.length - 150_000)
})

test('a decompression bomb ends at its ratio or size', async () => {
  const bomb = zstdCompressSync(Buffer.alloc(4 * 2 ** 20))
  const byRatio = await unpacked(bomb, { ratio: 100, fromBytes: 2 ** 20 })
  expect(byRatio.end).toBe('ratio')
  expect(byRatio.bytes.length).toBe(2 ** 20)
  const bySize = await unpacked(bomb, { bytes: 2 ** 21 })
  expect([bySize.end, bySize.bytes.length]).toEqual(['size', 2 ** 21])
})

test.each([
  ['nothing', ''],
  ['a line', 'a line\n'],
  ['zip', 'PK\x03\x04'],
  ['one byte of gzip', '\x1f'],
])('%s is not packed', async (_name, text) => {
  expect((await unpacked(Buffer.from(text, 'latin1'))).end).toBe('unknown')
})

test('what only begins like a packed file is damaged', async () => {
  expect((await unpacked(Buffer.from('BZh9 and so on'))).end).toBe('corrupt')
  expect((await unpacked(gzipSync('x').fill(0, 12))).end).toBe('corrupt')
})
