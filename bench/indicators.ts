import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Observable } from '@haidang/contracts/event'
import { noFiles } from '@haidang/detection/indicators/indicator-details'
import type { IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import { IndicatorSet } from '@haidang/detection/indicators/indicator-set'
import { DetailFiles } from '@haidang/station/detect/detail-files'
import { startIndicatorJob } from '@haidang/station/detect/indicator-job'
import { type Figure, median } from './figure.ts'

const count = 5_000_000
const seed = 20_261_122
const runs = 5
const lookups = 500_000
const hits = 50_000
const time = '2026-01-05T02:00:00Z'
const kinds = ['ip', 'domain', 'sha256', 'url', 'email'] as const
type Kind = (typeof kinds)[number]

/**
 * Five million indicators of all kinds: how long the list takes to read, what the process holds for them, and
 * look-ups a second of known and unknown values beside those of a Map of a tenth of them. `INDICATORS` in the
 * environment takes another number.
 */
export async function* figures(): AsyncGenerator<Figure> {
  const directory = mkdtempSync(join(tmpdir(), 'haidang-bench-'))
  try {
    yield* measured(directory, Number(process.env['INDICATORS'] ?? count))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function* measured(directory: string, length: number): AsyncGenerator<Figure> {
  // What a thread that reads lists costs by itself is not of the five million.
  await load(await writeList(directory, 1_000))
  const list = await writeList(directory, length)
  const before = await settled()
  const start = performance.now()
  const tables = await load(list)
  const rate = (length / (performance.now() - start)) * 1_000
  yield figure('load', rate, 'indicators/s, one thread', 1)
  if (tables.count !== length) throw new Error(`${tables.count} of ${length} indicators were read`)
  const held = (await settled()) - before
  const shared = tables.layers.reduce((sum, { table }) => sum + table.lo.byteLength * 3, 0)
  yield {
    ...figure('five_million_mb', held / 2 ** 20, `MB of RSS for ${length}`, 1),
    beside: { name: 'MB of shared tables', value: Math.round(shared / 2 ** 20) },
  }
  yield* restored(directory, tables)
  yield* change(tables)
  yield* rates(tables, length)
}

/** What the next start waits for where nothing changed: tables and details read and checked, in a thread of its own. */
async function* restored(directory: string, tables: IndicatorTables): AsyncGenerator<Figure> {
  const job = { compiled: join(directory, 'compiled'), identity: 'bench' }
  const start = performance.now()
  await startIndicatorJob({ kind: 'keep', tables, ...job }, () => undefined).result
  yield figure('keep', performance.now() - start, 'ms beside, after a list was read', 1)
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const before = performance.now()
    const again = await startIndicatorJob({ kind: 'restore', ...job }, () => undefined).result
    times.push(performance.now() - before)
    if (again.count !== tables.count) throw new Error('not all came back')
  }
  yield figure('restore', median(times), `ms for ${tables.count}, thread started and checked`, runs)
}

/** Ten thousand more: until they can come into force, and for how long a thread that examines records is held up. */
async function* change(tables: IndicatorTables): AsyncGenerator<Figure> {
  const set = new IndicatorSet(tables, noFiles)
  const add = Array.from({ length: 10_000 }, (_, i) => ({ value: `new-${i}.example`, source: 's' }))
  const delta = { version: 'next', add, remove: [] }
  const start = performance.now()
  const changed = await startIndicatorJob({ kind: 'change', tables, delta }, () => undefined).result
  yield figure('change_10k', performance.now() - start, 'ms in a thread of its own', 1)
  const stops = Array.from({ length: runs }, () => {
    const before = performance.now()
    set.install(structuredClone(changed))
    return performance.now() - before
  })
  const held = Math.round(median(stops) * 100) / 100
  yield { ...figure('install', 0, 'ms of an examining thread', runs), value: held }
}

async function load(path: string): Promise<IndicatorTables> {
  const files = [{ shown: 'list.csv', path, size: 0, mark: '' }]
  const details = `${path}.details`
  const job = { kind: 'build' as const, files, largest: 2 ** 34, seed, path: details }
  return startIndicatorJob(job, () => undefined).result
}

async function* rates(tables: IndicatorTables, length: number): AsyncGenerator<Figure> {
  const details = new DetailFiles()
  details.keep(tables.layers)
  const set = new IndicatorSet(tables, details.read)
  for (const kind of kinds) {
    const plain = new Map(
      Array.from({ length: length / 10 }, (_, i) => [valueNumbered(kind, i * kinds.length), i]),
    )
    const seen = (i: number) => valueNumbered(kind, length * 7 + i * 13)
    const misses = rateOf(lookups, seen, (value) => set.lookUp(kind, value, time) !== undefined)
    const beside = rateOf(lookups, seen, (value) => plain.has(value))
    yield {
      ...figure(`lookups.${kind}.miss`, misses, 'look-ups/s, one thread', runs),
      beside: { name: 'Map, a tenth as many entries', value: Math.round(beside) },
    }
  }
  for (const kind of kinds) {
    const offset = kinds.indexOf(kind)
    const listed = (i: number) =>
      valueNumbered(kind, ((i * 7_919 * kinds.length) % length) + offset)
    let found = 0
    const rate = rateOf(hits, listed, (value) => {
      const known = set.lookUp(kind, value, time) !== undefined
      if (known) found += 1
      return known
    })
    if (found !== hits * (runs + 1)) throw new Error(`${kind}: ${found} hits`)
    yield figure(`lookups.${kind}.hit`, rate, 'look-ups/s with record read, one thread', runs)
  }
}

function figure(name: string, value: number, unit: string, median_of: number): Figure {
  return { name: `indicators.${name}`, value: Math.round(value), unit, median_of }
}

/** The values are new strings in every run, as those of events are: no hash of theirs is known yet. */
function rateOf(
  number: number,
  valueAt: (i: number) => string,
  look: (value: string) => boolean,
): number {
  const rates = Array.from({ length: runs + 1 }, () => {
    const values = Array.from({ length: number }, (_, i) =>
      Buffer.from(valueAt(i)).toString('latin1'),
    )
    const start = performance.now()
    for (const value of values) look(value)
    return (number / (performance.now() - start)) * 1_000
  })
  return median(rates.slice(1))
}

/** A value of a kind, another for every number. */
function valueNumbered(kind: Observable['type'] & Kind, n: number): string {
  const mixed = Math.imul(n + 1, 0x9e3779b1) >>> 0
  switch (kind) {
    case 'ip':
      return `${1 + ((mixed >>> 24) % 223)}.${(mixed >>> 16) & 255}.${(mixed >>> 8) & 255}.${mixed & 255}`
    case 'domain':
      return `${mixed.toString(36)}-${n}.net-${mixed % 9_973}.example`
    case 'sha256':
      return `${mixed.toString(16).padStart(8, '0')}${n.toString(16).padStart(8, '0')}`.repeat(4)
    case 'url':
      return `http://host-${mixed % 99_991}.example/${mixed.toString(36)}/${n}.php?id=${mixed}`
    case 'email':
      return `user.${n}@mail-${mixed % 99_991}.example`
  }
}

/** A list of so many indicators; answers its path. */
async function writeList(directory: string, length: number): Promise<string> {
  const path = join(directory, `${length}.csv`)
  const file = await open(path, 'w')
  const block: string[] = ['value,confidence,source']
  for (let n = 0; n < length; n++) {
    const kind = kinds[n % kinds.length] ?? 'ip'
    block.push(`${valueNumbered(kind, n)},${n % 101},nguồn ${n % 20}`)
    if (block.length < 20_000) continue
    await file.write(`${block.join('\n')}\n`)
    block.length = 0
  }
  await file.write(block.join('\n'))
  await file.close()
  return path
}

/** Resident bytes once the thread that read a list is gone. */
async function settled(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  globalThis.gc?.()
  return process.memoryUsage.rss()
}
