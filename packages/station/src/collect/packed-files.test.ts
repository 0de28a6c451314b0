import { execFileSync, spawnSync } from 'node:child_process'
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FilePosition } from '../keep/file-store.ts'
import type { Intake } from './intake.ts'
import { isPacked, PackedFiles } from './packed-files.ts'
import { TailReader } from './tail-reader.ts'

let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'packed-'))
})
afterEach(() => rm(directory, { recursive: true }))

/** What lasts beyond a life: the spool, the names of its batches, the checkpoints. */
class Station {
  readonly lines: string[] = []
  readonly keys = new Set<string>()
  readonly checkpoints = new Map<string, FilePosition>()
  dropped = 0
  /** Steps left until the process dies, between its effect and the next. */
  stepsLeft = Number.POSITIVE_INFINITY

  readonly intake = {
    append: async ({ records, key }: { records: Uint8Array[]; key: string }) => {
      this.#step()
      if (this.keys.has(key)) return false
      this.keys.add(key)
      this.lines.push(...records.map((record) => Buffer.from(record).toString()))
      this.#step()
      return true
    },
    appendNew: async (batch: never) => void (await this.intake.append(batch)),
    appendLong: async ({ bytes, key }: { bytes: Uint8Array; key: string }) =>
      this.intake.append({ records: [bytes], key } as never),
    persevere: async (work: () => Promise<unknown>) => {
      await work()
      return true
    },
    drop: (_source: string, records: number) => {
      this.dropped += records
    },
  }
  readonly store = {
    positions: async () => [...this.checkpoints.values()],
    save: async (position: FilePosition, before: string | undefined) => {
      this.#step()
      if (before !== undefined) this.checkpoints.delete(before)
      this.checkpoints.set(position.file, position)
      this.#step()
    },
    spooled: async (prefix: string) => [...this.keys].filter((key) => key.startsWith(prefix)),
  }

  #step(): void {
    if (this.stepsLeft-- <= 0) throw new Error('killed')
  }

  parts() {
    const { signal } = new AbortController()
    return { sourceId: 'src', intake: this.intake as never as Intake, store: this.store, signal }
  }

  /** A life of the collector. */
  life(followed: TailReader[] = []): PackedFiles {
    return new PackedFiles({
      ...this.parts(),
      dataDirectory: '/usr',
      currentReading: () => undefined,
      isPaused: () => false,
      isFollowed: ({ identity }) =>
        followed.some((reader) => reader.isFile(identity.device, identity.inode)),
    })
  }

  async follow(path: string): Promise<TailReader> {
    const reader = await TailReader.open({ ...this.parts(), path }, [])
    if (!reader) throw new Error('empty')
    await reader.read()
    return reader
  }
}

async function look(files: PackedFiles, paths: readonly string[], times = 2): Promise<void> {
  for (let i = 0; i < times; i++) await files.look(paths)
}

/** Lines that do not pack well, so that a packed file of them can be cut anywhere. */
function linesFrom(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => {
    return `${from + i} ${Math.imul(from + i + 1, 2_654_435_761)
      .toString(36)
      .repeat(3)} lối vào`
  })
}
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')

test.each(['eve.json.1.gz', 'audit.log.2.XZ', '/srv/logs/*.zst'])('%s is packed', (name) => {
  expect(isPacked(name)).toBe(true)
})

test.each(['eve.json', 'eve.json.1', 'gz', 'log.gz.json'])('%s is followed', (name) => {
  expect(isPacked(name)).toBe(false)
})

const tools = { xz: 'xz', bz2: 'bzip2' }
const required = process.env['CI'] === 'true'
const isThere = (tool: string) => spawnSync(tool, ['--version']).error === undefined
const packedBy = (tool: string) => (bytes: string) =>
  execFileSync(tool, ['-zc'], { input: bytes, maxBuffer: 1e8 })
const packers: readonly [string, (bytes: string) => Buffer][] = [
  ['gz', (bytes) => gzipSync(bytes)],
  ['zst', (bytes) => zstdCompressSync(bytes)],
  ['xz', packedBy(tools.xz)],
  ['bz2', packedBy(tools.bz2)],
]

test.each(packers.filter(([kind]) => !(kind in tools) || required || isThere(tools[kind as 'xz'])))(
  'a packed file .%s of two members is read once, whatever its name and life',
  async (kind, pack) => {
    const station = new Station()
    const lines = linesFrom(0, 40_000)
    const [first, second] = [join(directory, `a.log.2.${kind}`), join(directory, `a.log.3.${kind}`)]
    await writeFile(
      first,
      Buffer.concat([
        pack(text(lines.slice(0, 31_007))),
        pack(text(lines.slice(31_007)).slice(0, -1)),
      ]),
    )
    const files = station.life()
    await files.look([first])
    expect(station.lines).toEqual([])
    await look(files, [first], 4)
    expect(station.lines).toEqual(lines)
    await rename(first, second)
    await look(files, [second], 4)
    await look(station.life(), [second], 4)
    expect(station.lines).toHaveLength(lines.length)
    expect([files.problem, station.dropped]).toEqual([undefined, 0])
  },
)

test('a log that was followed and then packed brings only what was not read, and not while it is followed', async () => {
  const station = new Station()
  const lines = linesFrom(0, 5000)
  const [plain, packed] = [join(directory, 'a.log.1'), join(directory, 'a.log.2.gz')]
  await writeFile(plain, text(lines.slice(0, 3000)))
  const reader = await station.follow(plain)
  await writeFile(packed, gzipSync(text(lines)))
  const followed = [reader]
  const files = station.life(followed)
  await look(files, [packed], 3)
  expect(station.lines).toEqual(lines.slice(0, 3000))
  await reader.close()
  followed.pop()
  await look(files, [packed])
  expect(station.lines).toEqual(lines)
  const copy = join(directory, 'copy.gz')
  await writeFile(copy, gzipSync(text(lines), { level: 1 }))
  await look(files, [packed, copy], 3)
  expect(station.lines).toHaveLength(lines.length)
})

test('another log that begins with the same kilobytes is read whole', async () => {
  const station = new Station()
  const head = linesFrom(0, 200)
  const plain = join(directory, 'a.log')
  await writeFile(plain, text([...head, 'one', 'two']))
  await (await station.follow(plain)).close()
  const packed = join(directory, 'b.log.gz')
  await writeFile(packed, gzipSync(text([...head, 'three', 'four'])))
  await look(station.life(), [packed])
  expect(station.lines.slice(202)).toEqual([...head, 'three', 'four'])
})

test('killed between any two steps, each line stands once', async () => {
  const lines = linesFrom(0, 60_000)
  const packed = join(directory, 'a.log.1.gz')
  const plain = join(directory, 'a.log')
  await writeFile(packed, gzipSync(text(lines), { level: 1 }))
  await writeFile(plain, text(lines.slice(0, 20_001)))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 16 }), { maxLength: 3 }),
      fc.boolean(),
      async (kills, wasFollowed) => {
        const station = new Station()
        if (wasFollowed) await (await station.follow(plain)).close()
        for (const steps of [...kills, Number.POSITIVE_INFINITY]) {
          station.stepsLeft = steps
          await look(station.life(), [packed])
        }
        expect(station.lines.length).toBe(lines.length)
        expect(station.lines).toEqual(lines)
      },
    ),
    { numRuns: 6 },
  )
})

test('a packed file still being written is read on; one that stays cut keeps what it holds and says so', async () => {
  const station = new Station()
  const lines = linesFrom(0, 40_000)
  const whole = gzipSync(text(lines))
  const packed = join(directory, 'a.log.2.gz')
  const files = station.life()
  await writeFile(packed, whole.subarray(0, whole.length / 3))
  await look(files, [packed], 3)
  const early = station.lines.length
  expect(early).toBeGreaterThan(10_000)
  await appendFile(packed, whole.subarray(whole.length / 3, whole.length / 2))
  await look(files, [packed], 12)
  expect(station.lines.length).toBeGreaterThan(early)
  expect(files.problem).toContain('a.log.2.gz: the packed file ends before its end')
  expect(station.dropped).toBe(1)
  // The last one is what the break left of it.
  expect(station.lines.slice(0, -1)).toEqual(lines.slice(0, station.lines.length - 1))
  const again = station.life()
  await look(again, [packed], 13)
  expect([again.problem, station.dropped]).toEqual([files.problem, 1])
})

test('a cut copy of a log that was read further brings nothing twice', async () => {
  const station = new Station()
  const lines = linesFrom(0, 40_000)
  const [plain, packed] = [join(directory, 'a.log'), join(directory, 'a.log.gz')]
  await writeFile(plain, text(lines))
  await (await station.follow(plain)).close()
  await writeFile(packed, gzipSync(text(lines)))
  await truncate(packed, 50_000)
  const files = station.life()
  await look(files, [packed], 12)
  expect(station.lines).toHaveLength(lines.length)
  expect(files.problem).toContain('ends before its end')
})

test('damage and what is not packed are told in words, and do not keep others waiting', async () => {
  const station = new Station()
  const lines = linesFrom(0, 40_000)
  const packed = gzipSync(text(lines))
  packed.fill(0, packed.length - 20_000, packed.length - 19_900)
  const at = (name: string) => join(directory, name)
  await writeFile(at('damaged.gz'), packed)
  await writeFile(at('other.zip'), 'PK\x03\x04 and so on')
  await writeFile(at('empty.gz'), '')
  await writeFile(at('good.gz'), gzipSync('the last\n'))
  const paths = ['damaged.gz', 'other.zip', 'empty.gz', 'good.gz', 'gone.gz'].map(at)
  const files = station.life()
  await look(files, paths, 12)
  const good = station.lines.indexOf('the last')
  expect(good).toBeGreaterThan(-1)
  const read = new Set(station.lines)
  expect(lines.findIndex((line) => !read.has(line))).toBeGreaterThan(25_000)
  expect(files.problem).toMatch(/and 1 more/)
  expect(station.dropped).toBe(2)
  for (const [name, words] of [
    ['damaged.gz', 'damaged'],
    ['other.zip', 'not packed by gzip'],
  ] as const) {
    const alone = station.life()
    await look(alone, [at(name)])
    expect(alone.problem).toContain(words)
  }
})
