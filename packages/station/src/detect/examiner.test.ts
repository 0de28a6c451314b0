import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wholeAlert } from '@haidang/contracts/written-alert'
import type { RuleDocument } from '@haidang/detection/sigma/rule-set'
import type { RuleTexts } from '@haidang/detection/sigma/rule-texts'
import { systemClock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import { afterEach, expect, test } from 'vitest'
import type { LineContext } from '../line.ts'
import { packRecords, unpackRecords } from './chunk.ts'
import type { Examined } from './examine-chunk.ts'
import { createExaminer, type Examiner, type ExaminerParts } from './examiner.ts'
import { poolSize } from './pool-size.ts'
import type { FoundFile } from './rule-files.ts'

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
}
const context: LineContext = {
  organisation_id: 'org_0192f0c1-0000-7000-8000-000000000001',
  node_id: 'nod_0192f0c1-0000-7000-8000-000000000001',
  simulated: false,
  sources: new Map(),
}
const rule = {
  path: 'goc.yml',
  text: `title: Đăng nhập root
id: root-rule
logsource: { product: linux, service: sshd }
detection: { selection: { message|startswith: 'Accepted password for root' }, condition: selection }
`,
}
const fragile = new URL('./fixtures/fragile-worker.ts', import.meta.url)

let examiner: Examiner | undefined
let directory: string | undefined
afterEach(async () => {
  await examiner?.close()
  if (directory !== undefined) await rm(directory, { recursive: true, force: true })
  directory = undefined
})

function start(parts: Partial<ExaminerParts> = {}): Examiner {
  examiner = createExaminer({ clock: systemClock, log: silent, size: 2, ...parts })
  return examiner
}

/** Rules without pipelines. */
const only = (...documents: RuleDocument[]) => ({ documents, pipelines: [] })

function records(lines: readonly string[]): SpoolRecord[] {
  return lines.map((line, i) => ({
    position: { segment: 3, offset: i * 100 },
    origin: 'src_0192f0c1-0000-7000-8000-000000000001 192.0.2.9',
    key: undefined,
    receivedAt: 1_767_580_200_000 + i,
    body: new TextEncoder().encode(line),
  }))
}

const login =
  '<38>Jan  5 09:12:44 web-01 sshd[1]: Accepted password for root from 203.0.113.45 port 1 ssh2'

/** A list of indicators on disk. */
async function listed(text: string): Promise<FoundFile> {
  directory ??= await mkdtemp(join(tmpdir(), 'haidang-examiner-'))
  const path = join(directory, `${text.length}.txt`)
  await writeFile(path, text)
  return { shown: 'ds.txt', path, size: text.length, mark: text }
}

function rowsOf({ rows }: Examined): { message: string }[] {
  const text = new TextDecoder().decode(rows)
  return text === '' ? [] : text.split('\n').map((row) => JSON.parse(row) as { message: string })
}

test('events keep the order of the records over all threads, and every record is counted once', async () => {
  const lines = Array.from({ length: 3_000 }, (_, i) =>
    i % 100 === 99 ? '   ' : `<13>Jan  5 09:12:44 web-01 app[1]: dòng ${i}`,
  )
  const examined = await start().examine(records(lines), context)
  expect(examined.events).toBe(2_970)
  expect(examined.rejects).toHaveLength(30)
  expect(examined.rejects.map(({ position }) => position.offset)).toEqual(
    Array.from({ length: 30 }, (_, i) => (i * 100 + 99) * 100),
  )
  const numbers = rowsOf(examined).map(({ message }) => Number(/dòng (\d+)/.exec(message)?.[1]))
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  expect(examined.perSource['src_0192f0c1-0000-7000-8000-000000000001']).toEqual({
    parsed: 2_970,
    rejected: 30,
    lastTime: 1_767_580_200_000 + 2_999,
  })
})

test('rules come into force on every thread, and a repeat of a range gives the same alerts', async () => {
  const pool = start()
  const loaded = await pool.load(only(rule), [await listed('203.0.113.45\nkhông phải')])
  expect(loaded.summary).toMatchObject({ active: 1, errors: 0, indicators: 1 })
  expect(loaded.summary.indicator_version).toMatch(/^[0-9a-f]{64}$/)
  expect(loaded.indicatorProblems).toHaveLength(1)
  const range = records(Array.from({ length: 400 }, () => login))
  const first = await pool.examine(range, context)
  const second = await pool.examine(range, context)
  expect(first.alerts).toHaveLength(800)
  expect(new Set(first.alerts.map(({ head }) => head.id)).size).toBe(800)
  expect(second.alerts.map(({ head }) => head.id)).toEqual(first.alerts.map(({ head }) => head.id))
  await pool.load(only(), [])
  expect((await pool.examine(range, context)).alerts).toEqual([])
})

test('what correlations observe comes with the rules it speaks of, whichever thread had which', async () => {
  const pool = start()
  const version = async (gte: number) => {
    const counted = {
      correlation: { type: 'event_count', rules: ['lần'], timespan: '1m', condition: { gte } },
      title: 'nhiều lần',
    }
    const text = `name: lần\n${rule.text}\n---\n${JSON.stringify(counted)}`
    return (await pool.load(only({ path: 'b.yml', text }), [])).summary.version
  }
  const range = records(Array.from({ length: 400 }, () => login))
  const first = await version(3)
  const { alerts, fired } = await pool.examine(range, context)
  expect(alerts.filter(({ head }) => head.detector === 'sigma')).toEqual([])
  const observed = fired.flatMap((one) => one.observed)
  expect(observed.map(({ row }) => row)).toEqual(range.map((_, i) => i))
  expect(observed.map(({ position }) => position)).toEqual(range.map(({ position }) => position))
  const [second, during] = await Promise.all([version(4), pool.examine(range, context)])
  for (const one of during.fired) {
    expect([first, second]).toContain(one.version)
    expect(one.plan?.correlations[0]?.condition).toContain(one.version === first ? '3' : '4')
  }
  expect((await pool.examine(range, context)).fired.map((one) => one.version)).toEqual([
    second,
    second,
  ])
})

test('indicators change between chunks, on every thread and on those that start later', async () => {
  const store = await mkdtemp(join(tmpdir(), 'haidang-indicators-'))
  const pool = start({ worker: fragile, indicatorDirectory: store })
  const range = records(Array.from({ length: 200 }, () => login))
  const found = async () => {
    const { alerts } = await pool.examine(range, context)
    return [alerts.length, ...new Set(alerts.map((one) => wholeAlert(one).rule.version))]
  }
  expect(await found()).toEqual([0])
  const add = [{ value: '203.0.113.0/24', source: 'CERT' }]
  expect(await pool.changeIndicators({ version: 'v1', add, remove: [] })).toEqual([])
  expect(await found()).toEqual([200, 'v1'])
  const remove = [{ value: '203.0.113.0/24' }]
  expect(await pool.changeIndicators({ version: 'v2', add: [], remove })).toEqual([])
  expect(await found()).toEqual([0])
  await pool.examine(records(['DIE']), context)
  const { summary } = await pool.load(only(), [await listed('203.0.113.45\n203.0.113.0/24')])
  // The change still takes back the range, the address of the list stands.
  expect(summary.indicator_version).toMatch(/^[0-9a-f]{64}\+v2$/)
  expect(await found()).toEqual([200, summary.indicator_version])
  const details = async () => (await readdir(store)).filter((name) => name.endsWith('.details'))
  expect(await details()).toHaveLength(1)
  await pool.load(only(), [await listed('198.51.100.1')])
  expect(await found()).toEqual([0])
  expect(await details()).toHaveLength(1)
  await pool.close()
  await rm(store, { recursive: true })
})

test('a list that is too large or gone leaves the indicators in force as they are', async () => {
  const pool = start({ largestIndicatorFile: 20, size: 1 })
  await pool.load(only(), [await listed('203.0.113.45')])
  const large = await listed('203.0.113.46\n203.0.113.47')
  await expect(pool.load(only(), [large])).rejects.toThrow('ds.txt exceeds')
  await expect(pool.load(only(), [{ ...large, path: `${large.path}-không có` }])).rejects.toThrow(
    'ENOENT',
  )
  expect((await pool.examine(records([login]), context)).alerts).toHaveLength(1)
})

test('a record that kills the thread is rejected with its reason; its neighbours are examined', async () => {
  const lines = Array.from({ length: 200 }, (_, i) =>
    i === 57 ? 'DIE' : `{"message":"dòng ${i}"}`,
  )
  const examined = await start({ worker: fragile }).examine(records(lines), context)
  expect(examined.events).toBe(199)
  expect(examined.rejects).toMatchObject([
    { reason: 'record.poisonous', position: { offset: 5_700 } },
  ])
  expect(new TextDecoder().decode(examined.rejects[0]?.body)).toBe('DIE')
  expect(rowsOf(examined).map(({ message }) => message)).toEqual(
    lines.flatMap((_, i) => (i === 57 ? [] : [`dòng ${i}`])),
  )
})

test('a record that hangs the thread is given up after a bounded time', async () => {
  const pool = start({ worker: fragile, patience: 1_500, size: 1 })
  const examined = await pool.examine(
    records(['{"message":"trước"}', 'HANG', '{"message":"sau"}']),
    context,
  )
  expect(examined.rejects.map(({ reason }) => reason)).toEqual(['record.poisonous'])
  expect(rowsOf(examined).map(({ message }) => message)).toEqual(['trước', 'sau'])
})

test('a thread that replaces a dead one has the rules in force', async () => {
  const pool = start({ size: 1, worker: fragile })
  await pool.load(only(rule), [])
  const examined = await pool.examine(records([login, 'DIE', login]), context)
  expect(examined.alerts).toHaveLength(2)
  expect((await pool.examine(records([login]), context)).alerts).toHaveLength(1)
})

test('pipelines rewrite rules on every thread, one that replaces a dead one too; a broken one changes nothing', async () => {
  const text = rule.text.replace('message|', 'Nội dung|')
  const mapping = { type: 'field_name_mapping', mapping: { 'Nội dung': 'message' } }
  const pipeline = { path: 'tên', text: JSON.stringify({ transformations: [mapping] }) }
  const documents = [{ path: 'a.yml', text }]
  const pool = start({ worker: fragile })
  const plain = await pool.load({ documents, pipelines: [] }, [])
  const range = records(Array.from({ length: 128 }, () => login))
  expect((await pool.examine(range, context)).alerts).toEqual([])
  const loaded = await pool.load({ documents, pipelines: [pipeline] }, [])
  expect(loaded.summary.version).not.toBe(plain.summary.version)
  expect((await pool.examine(range, context)).alerts).toHaveLength(128)
  const broken = pool.load({ documents, pipelines: [{ path: 'hỏng', text: '- x' }] }, [])
  await expect(broken).rejects.toThrow(/^hỏng:1:1: /)
  expect((await pool.examine(records([login, 'DIE', login]), context)).alerts).toHaveLength(2)
  expect((await pool.examine(range, context)).alerts).toHaveLength(128)
})

test('rules that were compiled before come into force as they were kept, on every thread', async () => {
  const kept = new Map<string, string>()
  let compiled = 0
  const compiledRules = {
    read: async ({ documents }: RuleTexts) => kept.get(JSON.stringify(documents)),
    write: async ({ documents }: RuleTexts, image: string) => {
      compiled += 1
      kept.set(JSON.stringify(documents), image)
    },
  }
  const range = records(Array.from({ length: 128 }, () => login))
  const first = await start({ compiledRules }).load(only(rule), [])
  await examiner?.close()
  const second = await start({ compiledRules }).load(only(rule), [])
  expect(second.rules).toEqual(first.rules)
  expect(second.summary.version).toBe(first.summary.version)
  expect((await examiner?.examine(range, context))?.alerts).toHaveLength(128)
  expect(compiled).toBe(1)
})

test('where no thread can start, no record is blamed: the range is to be tried again', async () => {
  const worker = new URL('./fixtures/stillborn-worker.ts', import.meta.url)
  await expect(start({ worker }).examine(records([login]), context)).rejects.toThrow('cannot start')
})

test('an empty range gives nothing', async () => {
  const examined = await start().examine([], context)
  expect(examined).toMatchObject({ events: 0, alerts: [], rejects: [], perSource: {} })
  expect(examined.rows).toHaveLength(0)
})

test('packed records come out as they went in, and a chunk does not drag its range along', () => {
  const buffer = new Uint8Array(10_000).fill(65)
  const given = records(['a', 'b']).map((record, i) => ({
    ...record,
    key: i === 0 ? 'khóa' : undefined,
    body: buffer.subarray(i * 10, i * 10 + 5),
  }))
  const packed = packRecords(given)
  expect(packed.bodies.buffer.byteLength).toBe(10)
  expect(unpackRecords(packed)).toEqual(given)
})

test('the pool leaves a core to the rest where there are more than two, and fits the memory', () => {
  expect(poolSize(2, 8 * 2 ** 30)).toBe(2)
  expect(poolSize(2, 1 * 2 ** 30)).toBe(1)
  expect(poolSize(8, 64 * 2 ** 30)).toBe(7)
  expect(poolSize(8, 2 * 2 ** 30)).toBe(2)
})
