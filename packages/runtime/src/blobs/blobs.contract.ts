import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { blobNameOf } from './blob-name.ts'
import type { RemovableBlobs } from './blobs.ts'

/** A place for blobs, and what only its tests can do. */
export interface BlobPlace {
  readonly blobs: RemovableBlobs
  /** Paths of all that lies there, from the place on. */
  paths(): Promise<string[]>
  /** Writes other content where a blob lies. */
  damage(path: string, bytes: Uint8Array): Promise<void>
}

/** What every place for blobs does; run on each adapter. `open` gives a new, empty place. */
export function blobsContract(name: string, open: () => Promise<BlobPlace>): void {
  describe(`blobs in ${name}`, () => {
    test('what is put comes back by its digest; the same content is kept once', async () => {
      const { blobs, paths } = await open()
      const bytes = new TextEncoder().encode('chứng cứ')
      const [a, b] = await Promise.all([blobs.put(bytes), blobs.put(bytes)])
      expect(a).toBe(b)
      expect(await blobs.put(bytes)).toBe(a)
      expect(await blobs.get(a)).toEqual(Buffer.from(bytes))
      expect(await paths()).toEqual([`${a.slice(0, 2)}/${a.slice(2, 4)}/${a}`])
    })

    test.each([
      ['nothing', Buffer.alloc(0)],
      ['what looks like a refusal', Buffer.from('<Error><Code>SlowDown</Code></Error>')],
      ['a megabyte of noise', randomBytes(1_000_003)],
    ])('%s comes back as it was', async (_, bytes) => {
      const { blobs } = await open()
      const sha256 = await blobs.put(bytes)
      expect(sha256).toBe(blobNameOf(bytes))
      expect(await blobs.get(sha256)).toEqual(bytes)
    })

    test('twenty megabytes come back as they were, and nothing else lies there', async () => {
      const { blobs, paths } = await open()
      const bytes = Buffer.alloc(20_000_000, randomBytes(997))
      const sha256 = await blobs.put(bytes)
      expect(await paths()).toEqual([expect.stringContaining(sha256)])
      expect(bytes.equals((await blobs.get(sha256)) ?? Buffer.alloc(0))).toBe(true)
    })

    test('an unknown or forged name finds nothing and removes nothing', async () => {
      const { blobs, paths } = await open()
      const kept = await blobs.put(Buffer.from('kept'))
      for (const forged of [
        '0'.repeat(64),
        '../../etc/passwd',
        '',
        kept.toUpperCase(),
        `${kept}/`,
      ]) {
        expect(await blobs.get(forged)).toBeUndefined()
        await blobs.remove(forged)
      }
      expect(await paths()).toHaveLength(1)
    })

    test('what is removed is gone and can be put again; removing it twice changes nothing', async () => {
      const { blobs, paths } = await open()
      const [one, other] = [await blobs.put(Buffer.from('1')), await blobs.put(Buffer.from('2'))]
      await blobs.remove(one)
      await blobs.remove(one)
      expect(await blobs.get(one)).toBeUndefined()
      expect(await paths()).toEqual([expect.stringContaining(other)])
      expect(await blobs.get(await blobs.put(Buffer.from('1')))).toEqual(Buffer.from('1'))
    })

    test('changed content is not given out', async () => {
      const { blobs, paths, damage } = await open()
      const name = await blobs.put(Buffer.from('as it was'))
      const [path = ''] = await paths()
      for (const bytes of [Buffer.from('as it is.'), Buffer.from('as it'), Buffer.alloc(0)]) {
        await damage(path, bytes)
        await expect(blobs.get(name)).rejects.toThrow(`${name} has been changed`)
      }
    })
  })
}
