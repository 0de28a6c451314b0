import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ChildNode } from './child-node.ts'

test('a start that is called off before its process runs leaves none behind', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-child-'))
  const node = new ChildNode({ name: 'province', directory, configuration: 'node: {}\n' })
  const stop = new AbortController()
  try {
    const started = node.start(stop.signal)
    stop.abort(new Error('the terminal was closed'))
    await expect(started).rejects.toThrow('the terminal was closed')
    expect(node.pid).toBeUndefined()
  } finally {
    await node.kill()
    await rm(directory, { recursive: true, force: true })
  }
})
