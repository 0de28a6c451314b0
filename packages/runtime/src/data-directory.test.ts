import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { lockDataDirectory } from './data-directory.ts'
import { idsFrom } from './ids.ts'
import { nodeIdentity } from './node-identity.ts'

const freshDirectory = () => mkdtemp(join(tmpdir(), 'haidang-data-'))

/** Another process that holds the lock until it is killed. */
async function holder(directory: string) {
  const module = join(import.meta.dirname, 'data-directory.ts')
  const script = `const { lockDataDirectory } = await import(${JSON.stringify(module)})
    globalThis.kept = await lockDataDirectory(${JSON.stringify(directory)})
    console.log('locked'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(child.stdout, 'data')
  return child
}

test('a second start is refused and told which process has the directory', async () => {
  const directory = await freshDirectory()
  const child = await holder(directory)
  await expect(lockDataDirectory(directory)).rejects.toMatchObject({
    code: 'data-directory.in-use',
    message: expect.stringContaining(`Process ${child.pid} `),
  })
  child.kill('SIGKILL')
  await once(child, 'exit')
  await using lock = await lockDataDirectory(directory)
  expect(lock).toBeDefined()
})

test('a directory given back can be taken again, also by the same process', async () => {
  const directory = await freshDirectory()
  {
    await using _lock = await lockDataDirectory(directory)
    await expect(lockDataDirectory(directory)).rejects.toMatchObject({
      code: 'data-directory.in-use',
    })
  }
  await using lock = await lockDataDirectory(directory)
  expect(lock).toBeDefined()
})

test('a node stays who it is, and refuses to become another when the file is damaged', async () => {
  const directory = await freshDirectory()
  const newId = idsFrom(systemClock)
  const first = await nodeIdentity(directory, newId, systemClock)
  expect(await nodeIdentity(directory, newId, systemClock)).toEqual(first)
  await writeFile(join(directory, 'node.json'), '{')
  await expect(nodeIdentity(directory, newId, systemClock)).rejects.toMatchObject({
    code: 'configuration.invalid',
  })
})
