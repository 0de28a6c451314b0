import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type IndicatorTables, LayerBuilder } from '@haidang/detection/indicators/indicator-layer'
import { IndicatorSet } from '@haidang/detection/indicators/indicator-set'
import { tablesOf } from '@haidang/detection/indicators/indicator-tables'
import { silentLog } from '@haidang/runtime/silent-log'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCompiled, writeCompiled } from './compiled-indicators.ts'
import { DetailFiles, fileSink } from './detail-files.ts'
import { readIndicatorFiles } from './indicator-files.ts'
import { IndicatorKeeper } from './indicator-keeper.ts'
import { type FoundFile, findFiles } from './rule-files.ts'

const time = '2026-01-05T02:00:00Z'
let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'haidang-compiled-'))
  await mkdir(join(root, 'lists'))
  await mkdir(join(root, 'kept'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function list(length: number): Promise<readonly FoundFile[]> {
  const lines = Array.from({ length }, (_, i) => `xau-${i}.example`)
  await writeFile(join(root, 'lists/list.txt'), ['192.0.2.0/24', ...lines].join('\n'))
  return findFiles([{ label: '', path: join(root, 'lists'), required: true }], ['.txt'])
}

async function built(files: readonly FoundFile[], name = 'one.details'): Promise<IndicatorTables> {
  const path = join(root, 'kept', name)
  const builder = new LayerBuilder({ seed: 7, most: 1_000, sink: fileSink(path) })
  const read = await readIndicatorFiles(files, builder, { largest: 1e9, progress: () => undefined })
  return tablesOf(builder.finish(), { ...read, seed: 7 })
}

function keeper(): IndicatorKeeper {
  const directory = join(root, 'kept')
  return new IndicatorKeeper({
    log: silentLog,
    directory,
    largestFile: 2 ** 30,
    install: async () => undefined,
  })
}

function knows(tables: IndicatorTables, value: string): boolean {
  const details = new DetailFiles()
  details.keep(tables.layers)
  const known = new IndicatorSet(tables, details.read).lookUp('domain', value, time)
  details.keep([])
  return known !== undefined
}

/** A life of the node: what the lists say, kept when it ends in order. */
async function life(files: readonly FoundFile[]): Promise<IndicatorTables> {
  const mine = keeper()
  const tables = await mine.load(files)
  expect(knows(tables, 'www.xau-9.example')).toBe(true)
  // What is kept is kept in turn, before what is asked next.
  await mine.load(files)
  await mine.close()
  return tables
}

test('the next start takes what was kept and reads no list; another list is read', async () => {
  const files = await list(100)
  const first = await life(files)
  await rm(join(root, 'lists/list.txt'))
  const next = keeper()
  const second = await next.load(files)
  expect([second.version, second.count, second.seed]).toEqual([first.version, 101, first.seed])
  expect([knows(second, 'xau-99.example'), knows(second, 'tot.example')]).toEqual([true, false])
  await next.close()
  const longer = await list(200)
  expect((await life(longer)).count).toBe(201)
  const kept = await readdir(join(root, 'kept'))
  expect(kept.filter((name) => name.endsWith('.details'))).toHaveLength(1)
  expect(kept.filter((name) => !name.endsWith('.details'))).toEqual(['compiled'])
})

test('a change before the lists are loaded stands above what was kept', async () => {
  const files = await list(100)
  await life(files)
  const next = keeper()
  const add = [{ value: 'moi.example', source: 's' }]
  await next.change({ version: 'v2', add, remove: [{ value: 'xau-3.example' }] })
  const tables = await next.load(files)
  const found = ['moi.example', 'xau-3.example', 'xau-4.example'].map((each) => knows(tables, each))
  expect(found).toEqual([true, false, true])
  await next.close()
})

test('any byte changed or missing, in the tables or the details, throws all of it away', async () => {
  const files = await list(50)
  const compiled = join(root, 'kept/compiled')
  writeCompiled(compiled, await built(files), 'id')
  expect(readCompiled(compiled, 'id').count).toBe(51)
  expect(() => readCompiled(compiled, 'other')).toThrow('other lists')
  for (const path of [compiled, join(root, 'kept/one.details')]) {
    const whole = await readFile(path)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const damaged = Buffer.from(whole)
          damaged.writeUInt8(damaged.readUInt8(at) ^ by, at)
          await writeFile(path, damaged)
          expect(() => readCompiled(compiled, 'id')).toThrow()
          await writeFile(path, whole.subarray(0, at))
          expect(() => readCompiled(compiled, 'id')).toThrow()
        },
      ),
      { numRuns: 40 },
    )
    await writeFile(path, whole)
  }
  expect(readCompiled(compiled, 'id').count).toBe(51)
})

test('what is damaged or half written is left behind: the lists are read again', async () => {
  const files = await list(100)
  await life(files)
  const kept = join(root, 'kept')
  await copyFile(join(kept, 'compiled'), join(kept, 'compiled.new'))
  const whole = await readFile(join(kept, 'compiled'))
  await writeFile(join(kept, 'compiled'), whole.fill(0, whole.length - 200))
  expect((await life(files)).count).toBe(101)
  expect(await readdir(kept)).toHaveLength(2)
  await writeFile(join(kept, 'compiled'), 'none')
  expect((await life(files)).count).toBe(101)
})

test('killed at any moment of reading and keeping, the next start knows everything', async () => {
  const files = await list(60_000)
  const script = new URL('./fixtures/indicator-life.ts', import.meta.url)
  for (const wait of [0, 60, 250, 'loaded'] as const) {
    const child = fork(script, [join(root, 'lists'), join(root, 'kept')])
    await once(child, 'message')
    if (wait === 'loaded') await once(child, 'message')
    else await pause(wait)
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  expect((await life(files)).count).toBe(60_001)
}, 30_000)

// Fails where the same list gives other bytes: then raise `format`, or nodes take what an older version kept.
test('the format of what is kept is still that of its number', async () => {
  const [file] = await list(20)
  const tables = await built(file === undefined ? [] : [file])
  const [layer] = tables.layers
  const hash = createHash('sha256')
  for (const column of [layer?.table.lo, layer?.table.hi, layer?.table.at]) {
    hash.update(new Uint8Array(new Uint32Array(column ?? []).buffer))
  }
  hash.update(await readFile(join(root, 'kept/one.details')))
  expect(hash.digest('hex').slice(0, 16)).toBe('93e74eb2bdeb05df')
})
