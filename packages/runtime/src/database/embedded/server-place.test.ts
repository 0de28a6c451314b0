import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { settle } from './server-place.ts'

const made: string[] = []
afterEach(async () => {
  await Promise.all(made.splice(0).map((path) => rm(path, { recursive: true, force: true })))
})

async function freshDirectory(mode: number): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-place-'))
  await chmod(directory, mode)
  made.push(directory)
  return directory
}

test('the cluster lies in its own directory where the account of the server can get there', async () => {
  const directory = await freshDirectory(0o711)
  const first = await settle(directory)
  expect(first.home).toBe(join(directory, 'server'))
  expect(await settle(directory)).toEqual(first)
})

const isRoot = process.getuid?.() === 0

// Only root has another account to run the server under.
test.skipIf(!isRoot)(
  'below a private home the cluster lies elsewhere, and a file says where',
  async () => {
    const directory = await freshDirectory(0o700)
    const refuge = await freshDirectory(0o755)
    const first = await settle(directory, refuge)
    expect(first.home.startsWith(refuge)).toBe(true)
    expect(await readFile(join(directory, 'location'), 'utf8')).toBe(`${first.home}\n`)
    expect(await settle(directory, refuge)).toEqual(first)
    await rm(first.home, { recursive: true })
    await expect(settle(directory, refuge)).rejects.toMatchObject({ code: 'database.unavailable' })
  },
)
