import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DirectoryBlobs } from './directory-blobs.ts'

test('what is put comes back by its digest; the same content is kept once', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-blobs-'))
  const blobs = new DirectoryBlobs(directory)
  const bytes = new TextEncoder().encode('chứng cứ')
  const [a, b] = await Promise.all([blobs.put(bytes), blobs.put(bytes)])
  expect(a).toBe(b)
  expect(await blobs.get(a)).toEqual(Buffer.from(bytes))
  const files = await readdir(join(directory, a.slice(0, 2), a.slice(2, 4)))
  expect(files).toEqual([a])
})

test('an unknown or forged name finds nothing, changed content is not given out', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-blobs-'))
  const blobs = new DirectoryBlobs(directory)
  expect(await blobs.get('0'.repeat(64))).toBeUndefined()
  expect(await blobs.get('../../etc/passwd')).toBeUndefined()
  const name = await blobs.put(new Uint8Array([1]))
  await writeFile(join(directory, name.slice(0, 2), name.slice(2, 4), name), 'changed')
  await expect(blobs.get(name)).rejects.toThrow('changed on disk')
})
