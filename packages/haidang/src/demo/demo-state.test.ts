import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDemoState, saveDemoState } from './demo-state.ts'

async function directoryOf(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-demo-state-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

test('a demonstration keeps its password and ports, and moves to the port that is asked for', async () => {
  const directory = await directoryOf()
  const first = await openDemoState(directory, ['centre', 'ministry'], undefined)
  expect(first.nodes['centre']?.http_port).toBe(8080)
  await saveDemoState(directory, { ...first, seeded: true })
  expect(await openDemoState(directory, ['centre', 'ministry'], undefined)).toEqual({
    ...first,
    seeded: true,
  })
  const moved = await openDemoState(directory, ['centre', 'ministry'], 9090)
  expect(moved.nodes['centre']).toEqual({ ...first.nodes['centre'], http_port: 9090 })
  expect(moved.nodes['ministry']).toEqual(first.nodes['ministry'])
})

test.each(['{"password":"x"}', 'not JSON', '{"password":"x","seeded":true,"nodes":{}}'])(
  'a state this version cannot read says what to do: %s',
  async (text) => {
    const directory = await directoryOf()
    await writeFile(join(directory, 'demo.json'), text)
    await expect(openDemoState(directory, ['centre'], undefined)).rejects.toThrow(
      `${directory} is a demonstration of another version; remove it to begin anew`,
    )
  },
)
