import { createSocket } from 'node:dgram'
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import type { Alert } from '@haidang/contracts/alert'
import type { Event } from '@haidang/contracts/event'
import { Permission } from '@haidang/contracts/permission'
import type { Source } from '@haidang/contracts/source'
import { DirectoryBlobs } from '@haidang/runtime/blobs/directory-blobs'
import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { HealthRegistry } from '@haidang/runtime/health'
import { createHttp } from '@haidang/runtime/http/create-http'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { Metrics } from '@haidang/runtime/metrics'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { openSegmentSpool } from '@haidang/runtime/spool/segment-spool'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createExaminer } from './detect/examiner.ts'
import { stationMigrations } from './migrations.ts'
import { createStation, type Station } from './station.ts'

const newId = idsFrom(systemClock)
const organisation = newId('organisation')
const nodeId = newId('node')
const examiner = createExaminer({ clock: systemClock, log: silentLog, size: 1 })
let db: TestDatabase
let directory: string
const running: Station[] = []

/** Events by token: the same token again changes nothing, as the port says. */
class MemoryEvents implements EventStore {
  readonly inserts = new Map<string, string>()
  /** Thrown by the next insert, after it took effect. */
  failAfter: Error | undefined

  async define(): Promise<void> {}
  async ping(): Promise<void> {}
  async close(): Promise<void> {}
  async query<Row>(): Promise<Row[]> {
    return []
  }
  async insert(_table: string, lines: string | Uint8Array, token: string): Promise<void> {
    const text = typeof lines === 'string' ? lines : Buffer.from(lines).toString('utf8')
    if (!this.inserts.has(token)) this.inserts.set(token, text)
    const error = this.failAfter
    this.failAfter = undefined
    if (error) throw error
  }

  get events(): Event[] {
    return [...this.inserts.values()]
      .flatMap((text) => text.split('\n'))
      .filter((line) => line !== '')
      .map((line) => JSON.parse(JSON.parse(line).event) as Event)
  }
}

beforeAll(async () => {
  db = await testDatabase([runtimeMigrations, stationMigrations])
  directory = await mkdtemp(join(tmpdir(), 'station-'))
})
afterEach(async () => {
  for (const station of running.splice(0)) await station.stop()
})
afterAll(async () => {
  await examiner.close()
  await db[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

interface Node {
  readonly station: Station
  readonly events: MemoryEvents
  readonly alerts: Alert[]
  readonly ask: (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
  ) => Promise<Answer>
  readonly http: ReturnType<typeof createHttp>
}
interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any endpoint
  readonly body: any
}

/** A station on the shared database and a spool of its own; `events` outlives it. */
async function startNode(name: string, events = new MemoryEvents()): Promise<Node> {
  const metrics = new Metrics({ process: false })
  const http = createHttp({ log: silentLog, metrics, clock: systemClock })
  const caller = {
    scope: systemScope,
    permissions: new Set(Permission.options),
    language: 'en' as const,
    organisation_id: organisation,
    person_id: null,
    session_id: null,
  }
  const alerts: Alert[] = []
  const station = createStation({
    http,
    gate: async () => caller,
    database: db,
    events,
    journal: createJournal({ database: db, clock: systemClock, newId, log: silentLog }),
    blobs: new DirectoryBlobs(join(directory, 'blobs')),
    examiner,
    openSpool: (after) =>
      openSegmentSpool({
        directory: join(directory, name),
        name,
        clock: systemClock,
        log: silentLog,
        ...(after && { after }),
      }),
    ports: { onAlerts: async (_tx, more) => void alerts.push(...more) },
    clock: systemClock,
    newId,
    log: silentLog,
    metrics,
    health: new HealthRegistry(systemClock),
    node: { id: nodeId, simulated: false },
    software: 'test',
    dataDirectory: directory,
    listen: { host: '127.0.0.1', syslogUdp: 0, syslogTcp: 0 },
    home: async () => organisation,
    ruleSet: () => ({
      version: 'v',
      active: 0,
      errors: 0,
      loaded_at: systemClock.iso(),
      indicators: 0,
      indicator_version: '',
    }),
    linkWaiting: () => 0,
  })
  running.push(station)
  await station.start()
  const ask: Node['ask'] = async (method, url, body) => {
    const reply = await http.inject({ method, url, ...(body && { payload: body }) })
    return { status: reply.statusCode, body: reply.json() }
  }
  return { station, events, alerts, ask, http }
}

async function stopNode({ station }: Node): Promise<void> {
  running.splice(running.indexOf(station), 1)
  await station.stop()
}

async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function withText(node: Node, text: string, count = 1): Promise<Event[]> {
  return until(() => {
    const found = node.events.events.filter(({ raw_data: _, ...event }) =>
      JSON.stringify(event).includes(text),
    )
    return found.length >= count ? found : undefined
  })
}

async function sourceNamed(node: Node, name: string): Promise<Source> {
  const { body } = await node.ask('GET', '/api/v1/sources?limit=100')
  return (body as { items: Source[] }).items.find((source) => source.name === name) as Source
}

test('a syslog datagram becomes an event of the default source', async () => {
  const node = await startNode('udp')
  const socket = createSocket('udp4')
  const line =
    '<38>Nov 22 10:00:00 gate sshd[1]: Accepted publickey for udp-user from 192.0.2.1 port 22 ssh2'
  socket.send(line, node.station.ports().syslogUdp ?? 0, '127.0.0.1')
  const [event] = await withText(node, 'udp-user')
  socket.close()
  const source = await sourceNamed(node, 'syslog-udp-default')
  expect(event).toMatchObject({ class_uid: 3002, status: 'success', source_id: source.id })
})

test('octet-counted and line-framed syslog arrive over TCP, and a line too long becomes a reject', async () => {
  const node = await startNode('tcp')
  const socket = connect(node.station.ports().syslogTcp ?? 0, '127.0.0.1')
  const counted = '<13>1 2026-11-22T03:00:00Z h app - - - counted\nwith a line end'
  socket.write(`${counted.length} ${counted}`)
  socket.write(`<13>1 2026-11-22T03:00:00Z h app - - - ${'x'.repeat(1_100_000)}\n`)
  socket.end('<13>1 2026-11-22T03:00:00Z h app - - - after-the-long-one\n')
  await withText(node, 'after-the-long-one')
  const [event] = await withText(node, 'counted\\nwith')
  expect(event?.message).toContain('with a line end')
  const rejects = await until(async () => {
    const { body } = await node.ask('GET', '/api/v1/rejects?filter=reason:record.too-long')
    return body.items.length > 0 ? body.items : undefined
  })
  expect(rejects[0].size).toBeGreaterThan(1_100_000)
})

test('a batch of JSON lines is answered when durable, and its repeat is told apart', async () => {
  const node = await startNode('http')
  const made = await node.ask('POST', '/api/v1/sources', { name: 'lines', collector: 'json-lines' })
  expect(made.status).toBe(200)
  const send = (key: string, token: string, payload: string | Buffer, coding?: string) =>
    node.http.inject({
      method: 'POST',
      url: '/ingest/v1/lines',
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': key,
        'content-type': 'application/x-ndjson',
        ...(coding && { 'content-encoding': coding }),
      },
      payload,
    })
  const lines = '{"message":"line one"}\n{"message":"line two"}\nnot json {\n'
  const { token } = made.body
  expect((await send('a', token, zstdCompressSync(lines), 'zstd')).json()).toEqual({
    accepted: 3,
    duplicate: false,
  })
  await withText(node, 'line two')
  expect((await send('a', token, lines)).json()).toEqual({ accepted: 0, duplicate: true })
  expect((await send('b', 'wrong', lines)).statusCode).toBe(401)
  expect((await send('c', token, Buffer.from('nonsense'), 'gzip')).statusCode).toBe(400)
  expect(node.events.events.filter(({ message }) => message === 'line one')).toHaveLength(1)
})

test('a batch known before a restart is known after it, and nothing is kept twice', async () => {
  const first = await startNode('restart')
  const made = await first.ask('POST', '/api/v1/sources', {
    name: 'again',
    collector: 'json-lines',
  })
  const send = (node: Node) =>
    node.http.inject({
      method: 'POST',
      url: '/ingest/v1/again',
      headers: { authorization: `Bearer ${made.body.token}`, 'idempotency-key': 'k' },
      payload: '{"message":"once only"}\n',
    })
  first.events.failAfter = new Error('the connection broke after the insert')
  await send(first)
  await withText(first, 'once only')
  await stopNode(first)
  const second = await startNode('restart', first.events)
  expect((await send(second)).json()).toMatchObject({ duplicate: true })
  const source = await until(async () => {
    const found = await sourceNamed(second, 'again')
    return found.counters.parsed > 0 ? found : undefined
  })
  expect(source.counters).toMatchObject({ received: 1, parsed: 1, rejected: 0 })
  expect(second.events.events.filter(({ message }) => message === 'once only')).toHaveLength(1)
})

test('a followed file is read once through rotation, truncation and restart', async () => {
  const path = join(directory, 'app.log')
  const node = await startNode('tail')
  await writeFile(path, '{"message":"tail 1"}\n{"message":"tail 2"}\n{"message":"ta')
  await node.ask('POST', '/api/v1/sources', { name: 'file', collector: 'tail-file', path })
  await withText(node, 'tail 2')
  await appendFile(path, 'il 3"}\n')
  await withText(node, 'tail 3')
  await rename(path, `${path}.1`)
  await appendFile(`${path}.1`, '{"message":"tail 4"}\n')
  await writeFile(path, '{"message":"tail 5"}\n')
  await withText(node, 'tail 5')
  await stopNode(node)
  await appendFile(path, '{"message":"tail 6"}\n')
  const again = await startNode('tail', node.events)
  await withText(again, 'tail 6')
  await truncate(path, 0)
  await until(async () =>
    (await sourceNamed(again, 'file')).counters.parsed === 6 ? true : undefined,
  )
  await appendFile(path, '{"message":"tail 7 after truncation"}\n')
  await withText(again, 'tail 7')
  const messages = again.events.events
    .map(({ message }) => message)
    .filter((m) => m.startsWith('tail'))
  expect(messages.map((m) => m.slice(0, 6)).sort()).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((n) => `tail ${n}`),
  )
})

test('a reject is parsed again once its source says how, under the id of its first place', async () => {
  const node = await startNode('rejects')
  const made = await node.ask('POST', '/api/v1/sources', {
    name: 'odd',
    collector: 'json-lines',
    format: 'json',
  })
  const { source, token } = made.body
  await node.http.inject({
    method: 'POST',
    url: '/ingest/v1/odd',
    headers: { authorization: `Bearer ${token}` },
    payload: 'plain words\n',
  })
  const [reject] = await until(async () => {
    const { body } = await node.ask('GET', `/api/v1/rejects?filter=source_id:${source.id}`)
    return body.items.length > 0 ? body.items : undefined
  })
  expect(reject).toMatchObject({
    reason: 'json.invalid',
    excerpt: 'plain words',
    replayed_at: null,
  })
  const replay = () => node.ask('POST', '/api/v1/rejects/replay', { source_id: source.id })
  expect((await replay()).body).toEqual({ replayed: 0, still_rejected: 1 })
  await node.ask('PATCH', `/api/v1/sources/${source.id}`, { format: 'syslog' })
  expect((await replay()).body).toEqual({ replayed: 1, still_rejected: 0 })
  expect((await replay()).body).toEqual({ replayed: 0, still_rejected: 0 })
  expect(await withText(node, 'plain words')).toHaveLength(1)
  const { counters } = await sourceNamed(node, 'odd')
  expect(counters).toMatchObject({ received: 1, parsed: 1, rejected: 0 })
})

test('the heartbeat says what the station has and how it is', async () => {
  const node = await startNode('heart')
  const beat = await node.station.heartbeat()
  expect(beat.sources.map(({ name }) => name)).toContain('syslog-tcp-default')
  expect(beat.disk.total_bytes).toBeGreaterThan(beat.disk.free_bytes)
  expect(beat.queue.spool_records).toBe(0)
})
