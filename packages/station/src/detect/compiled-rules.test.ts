import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CompiledRules } from './compiled-rules.ts'

let directory: string
let kept: CompiledRules
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'compiled-'))
  kept = new CompiledRules(join(directory, 'kept'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const texts = (text: string, pipeline?: string) => ({
  documents: [{ path: 'a.yml', text }],
  pipelines: pipeline === undefined ? [] : [{ path: 'p.yml', text: pipeline }],
})

test('an image is there for the same rules and pipelines, and for no others', async () => {
  await kept.write(texts('một'), 'ảnh\nhai dòng')
  expect(await kept.read(texts('một'))).toBe('ảnh\nhai dòng')
  expect(await kept.read(texts('hai'))).toBeUndefined()
  expect(await kept.read(texts('một', 'x'))).toBeUndefined()
  expect(
    await kept.read({ documents: [{ path: 'b.yml', text: 'một' }], pipelines: [] }),
  ).toBeUndefined()
})

test('a damaged or cut file is as good as none', async () => {
  await kept.write(texts('một'), 'ảnh của luật')
  const [name = ''] = readdirSync(join(directory, 'kept'))
  const file = join(directory, 'kept', name)
  const whole = readFileSync(file)
  for (let at = 0; at < whole.length; at++) {
    writeFileSync(
      file,
      whole.map((byte, i) => (i === at ? byte ^ 4 : byte)),
    )
    expect([at, await kept.read(texts('một'))]).toEqual([at, undefined])
    writeFileSync(file, whole.subarray(0, at))
    expect([at, await kept.read(texts('một'))]).toEqual([at, undefined])
  }
  await kept.write(texts('một'), 'ảnh của luật')
  expect(await kept.read(texts('một'))).toBe('ảnh của luật')
})

test('only the last few are kept, readable by their owner alone', async () => {
  for (const text of ['1', '2', '3', '4', '5', '6']) await kept.write(texts(text), text)
  const names = readdirSync(join(directory, 'kept'))
  expect(names.length).toBe(4)
  expect(names.every((name) => name.endsWith('.rules'))).toBe(true)
  expect(await kept.read(texts('6'))).toBe('6')
})

test('where nothing can be written, nothing is kept and nothing fails', async () => {
  const file = join(directory, 'file')
  writeFileSync(file, '')
  const nowhere = new CompiledRules(join(file, 'below'))
  await nowhere.write(texts('một'), 'ảnh')
  expect(await nowhere.read(texts('một'))).toBeUndefined()
})
