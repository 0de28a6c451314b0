import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compressed, decompressed } from './compression.ts'
import { limits } from './limits.ts'

const body = Buffer.from('{"a":1}\n')

test('both encodings come back as they went', async () => {
  expect(await decompressed(gzipSync(body), 'gzip')).toEqual(body)
  expect(await decompressed(zstdCompressSync(body), 'zstd')).toEqual(body)
  expect(await decompressed(await compressed(body), 'gzip')).toEqual(body)
  expect(await decompressed(body, undefined)).toBe(body)
})

test('what unpacks to more than the limit is refused while unpacking', async () => {
  const large = Buffer.alloc(limits.batch + 1)
  for (const [bomb, encoding] of [
    [gzipSync(large), 'gzip'],
    [zstdCompressSync(large), 'zstd'],
  ] as const) {
    await expect(decompressed(bomb, encoding)).rejects.toMatchObject({ code: 'request.too-large' })
  }
})

test('what is not what it says, or an encoding nobody knows, is refused', async () => {
  await expect(decompressed(body, 'gzip')).rejects.toMatchObject({ code: 'link.batch-invalid' })
  await expect(decompressed(gzipSync(body).subarray(0, 12), 'gzip')).rejects.toMatchObject({
    code: 'link.batch-invalid',
  })
  await expect(decompressed(body, 'br')).rejects.toMatchObject({
    code: 'request.unsupported-media',
  })
})
