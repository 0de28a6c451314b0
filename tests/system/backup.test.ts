import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventApi } from '@haidang/contracts/event-api'
import { stationApi } from '@haidang/contracts/station-api'
import { createProgram } from '@haidang/haidang/program'
import { newRecoveryKey } from '@haidang/runtime/backup/backup-key'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LiveNode } from './harness/live-node.ts'
import { numberedLoad } from './harness/numbered-load.ts'
import { type Pair, startPair } from './harness/pair.ts'
import { allAlerts } from './harness/stored.ts'
import { until } from './harness/until.ts'
import { alertEvery, webLine } from './harness/web-lines.ts'

const lines = 3 * alertEvery
const patience = 90_000
const recovery = newRecoveryKey()
let place: string
let key: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'haidang-backups-'))
  key = join(place, 'recovery.key')
  await writeFile(key, recovery.privateKey)
  process.env['HAIDANG__BACKUP__DIRECTORY'] = join(place, 'kept')
  process.env['HAIDANG__BACKUP__RECIPIENT'] = recovery.publicKey
})
afterAll(async () => {
  delete process.env['HAIDANG__BACKUP__DIRECTORY']
  delete process.env['HAIDANG__BACKUP__RECIPIENT']
  await rm(place, { recursive: true, force: true })
})

/** `haidang …` in this process; what it printed, and what it threw. */
async function haidang(...words: string[]): Promise<{ out: string; error: string }> {
  const printed: string[] = []
  const io = {
    out: (text: string) => void printed.push(text),
    err: () => undefined,
    dataDirectory: join(place, 'none'),
    environment: process.env,
  }
  const program = await createProgram(io, new AbortController().signal)
  const error = await program.parseAsync(['node', 'haidang', ...words]).then(
    () => '',
    (thrown: Error) => thrown.message,
  )
  return { out: printed.join('\n'), error }
}

async function done(...words: string[]): Promise<string> {
  const { out, error } = await haidang(...words)
  expect(error).toBe('')
  return out
}

async function send({ intake }: Pair, number: number): Promise<void> {
  const time = Date.now()
  await numberedLoad({
    ...intake,
    key: `round-${number}`,
    linesPerSecond: 1000,
    batchLines: lines,
    parallel: 1,
    batches: 1,
    line: (n) => webLine(number * lines + n, time),
    stop: new AbortController().signal,
  })
}

/** Sends the lines of a round and waits until its alerts are at the centre. */
async function round(pair: Pair, number: number): Promise<void> {
  await send(pair, number)
  await until(`the alerts of round ${number} at the centre`, patience, async () => {
    const there = await numbersAt(pair.centre)
    return alertsOf(number).every((one) => there.includes(one))
  })
}

/** Numbers of the lines of a round that make the rule fire. */
function alertsOf(number: number): number[] {
  return [0, 1, 2].map((n) => number * lines + n * alertEvery)
}

async function numbersAt(node: LiveNode): Promise<number[]> {
  const alerts = await allAlerts(node)
  return alerts
    .map((alert) => Number(/so-hieu\/(\d+)/.exec(JSON.stringify(alert))?.[1]))
    .sort((a, b) => a - b)
}

async function eventsAt(node: LiveNode): Promise<number> {
  const query = {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 60_000).toISOString(),
    limit: 500,
  }
  return (await node.api(eventApi).search({ query })).items.length
}

async function identityOf(node: LiveNode): Promise<string> {
  return await readFile(join(node.directory, 'node.json'), 'utf8')
}

/** The host is gone with all that was on it; the node comes back from its newest backup. */
async function loseAndRestore(node: LiveNode): Promise<void> {
  const { id } = JSON.parse(await identityOf(node))
  await node.stop()
  await rm(node.directory, { recursive: true, force: true })
  const words = ['--from', join(place, 'kept'), '--node', id, '--recovery-key-file', key]
  await done('backup', 'check', ...words)
  await done('backup', 'restore', ...words, '--data', node.directory)
  await node.start()
}

test('a centre comes back on an empty host; the station tells what it had confirmed and is lost', {
  timeout: 600_000,
}, async () => {
  await using pair = await startPair()
  const { centre } = pair
  await round(pair, 0)
  const [identity, before] = [await identityOf(centre), await numbersAt(centre)]
  await done('backup', 'create', '--data', centre.directory)
  await round(pair, 1)

  await loseAndRestore(centre)
  expect(await identityOf(centre)).toBe(identity)
  expect(await numbersAt(centre)).toEqual(before)
  await done('audit', 'verify', '--data', centre.directory)
  const { items } = await until('the gap', patience, async () => {
    const page = await centre.api(stationApi).gaps({ query: {} })
    return page.items.some(({ stream }) => stream === 'alerts') ? page : undefined
  })
  const gap = items.find(({ stream }) => stream === 'alerts')
  expect(gap).toMatchObject({ kind: 'dropped', count: 3 })

  await send(pair, 2)
  const after = await until('the alerts after the restore', patience, async () => {
    const there = await numbersAt(centre)
    return there.length >= before.length + 3 ? there : undefined
  })
  expect(after).toEqual([...before, ...alertsOf(2)])
})

test('a station comes back on an empty host; what it sends then is new to the centre, and nothing is lost', {
  timeout: 600_000,
}, async () => {
  await using pair = await startPair()
  const { centre, station } = pair
  await round(pair, 0)
  await done('backup', 'create', '--data', station.directory)
  await round(pair, 1)

  await loseAndRestore(station)
  expect(await eventsAt(station)).toBe(lines)
  await done('audit', 'verify', '--data', station.directory)
  // Before it knows how far the centre is it has numbers of its own again.
  await send(pair, 2)
  await send(pair, 3)
  const there = await until('every alert at the centre', patience, async () => {
    const found = await numbersAt(centre)
    return found.length >= 12 ? found : undefined
  })
  expect(there).toEqual([0, 1, 2, 3].flatMap(alertsOf))
  expect(await eventsAt(station)).toBe(3 * lines)
})

test('a backup is taken for whole only when it is, and goes only where nothing is', {
  timeout: 600_000,
}, async () => {
  await using pair = await startPair()
  const { station } = pair
  await round(pair, 0)
  const { id: node } = JSON.parse(await identityOf(station))
  await done('backup', 'create', '--data', station.directory)
  await done('backup', 'create', '--data', station.directory)
  const words = ['--from', join(place, 'kept'), '--node', node]
  const listed = (await done('backup', 'list', ...words, '--json')).trim().split('\n')
  // One more was made by itself after the start.
  expect(listed.length).toBeGreaterThanOrEqual(2)
  const { id } = JSON.parse(listed[0] ?? '')

  const refused = await haidang(
    ...['backup', 'restore', ...words, '--recovery-key-file', key, '--data', station.directory],
  )
  expect(refused.error).toContain('is not empty')
  const closed = await haidang('backup', 'restore', ...words, '--data', join(place, 'empty'))
  expect(closed.error).toContain('private half of the recovery key')

  const secret = await readFile(join(station.directory, 'keys', 'authority-key.pem'), 'utf8')
  const directory = join(place, 'kept', node)
  for (const name of await readdir(directory, { recursive: true })) {
    const bytes = await readFile(join(directory, name)).catch(() => Buffer.alloc(0))
    expect(bytes.includes(secret.split('\n')[1] ?? '?'), name).toBe(false)
  }
  const pieces = (await readdir(join(directory, id))).filter((name) => name !== 'manifest.json')
  const piece = join(directory, id, pieces[0] ?? '')
  await truncate(piece, (await stat(piece)).size - 1)
  const damaged = await haidang('backup', 'check', ...words)
  expect(damaged.error).toMatch(/records\/\S+: piece \S+ was changed/)
  const untouched = await haidang(
    ...['backup', 'restore', ...words, '--recovery-key-file', key, '--data', join(place, 'empty')],
  )
  expect(untouched.error).toContain('was changed')
  expect(await readdir(join(place, 'empty')).catch(() => [])).toEqual([])
})
