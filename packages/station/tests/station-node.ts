import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Alert } from '@haidang/contracts/alert'
import type { Event } from '@haidang/contracts/event'
import { eventOfRow, type WholeEventRow } from '@haidang/contracts/event-row'
import { Permission } from '@haidang/contracts/permission'
import type { Source } from '@haidang/contracts/source'
import { wholeAlert } from '@haidang/contracts/written-alert'
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
import type { SpoolLimits } from '@haidang/runtime/spool/spool-limits'
import { createExaminer } from '@haidang/station/detect/examiner'
import { stationMigrations } from '@haidang/station/migrations'
import { createStation, type Station } from '@haidang/station/station'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterAll, afterEach, beforeAll } from 'vitest'

const newId = idsFrom(systemClock)
const organisation = newId('organisation')
const nodeId = newId('node')
/** Of all nodes of this test file. */
export const examiner = createExaminer({ clock: systemClock, log: silentLog, size: 1 })
let db: TestDatabase
/** Of this test file, removed after it. */
export let directory: string
const running: Station[] = []

/** Events by token: the same token again changes nothing, as the port says. */
class MemoryEvents implements EventStore {
  readonly inserts = new Map<string, string>()
  /** Thrown by the next insert, after it took effect. */
  failAfter: Error | undefined
  /** Nothing can be written. */
  isStuck = false

  async define(): Promise<void> {}
  async ping(): Promise<void> {}
  async close(): Promise<void> {}
  async query<Row>(): Promise<Row[]> {
    return []
  }
  async insert(_table: string, lines: string | Uint8Array, token: string): Promise<void> {
    const text = typeof lines === 'string' ? lines : Buffer.from(lines).toString('utf8')
    if (this.isStuck) throw new Error('the event store does not answer')
    if (!this.inserts.has(token)) this.inserts.set(token, text)
    const error = this.failAfter
    this.failAfter = undefined
    if (error) throw error
  }

  get events(): Event[] {
    return [...this.inserts.values()]
      .flatMap((text) => text.split('\n'))
      .filter((line) => line !== '')
      .map((line) => eventOfRow(JSON.parse(line) as WholeEventRow))
  }
}

beforeAll(async () => {
  db = await testDatabase([runtimeMigrations, stationMigrations])
  directory = await mkdtemp(join(tmpdir(), 'station-'))
  await mkdir(join(directory, 'data'))
})
afterEach(async () => {
  for (const station of running.splice(0)) await station.stop()
})
afterAll(async () => {
  await examiner.close()
  await db[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

export interface Node {
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

/** A station on the shared database and a spool of its own; `events` outlives it. Callers see up to `clearance`. */
export async function startNode(
  name: string,
  events = new MemoryEvents(),
  clearance = systemScope.clearance,
  spool: { readonly limits?: Partial<SpoolLimits> } = {},
): Promise<Node> {
  const metrics = new Metrics({ process: false })
  const http = createHttp({ log: silentLog, metrics, clock: systemClock })
  const caller = {
    scope: { ...systemScope, clearance },
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
    openSpool: (after, found) =>
      openSegmentSpool({
        directory: join(directory, name),
        name,
        clock: systemClock,
        log: silentLog,
        found,
        ...spool,
        ...(after && { after }),
      }),
    ports: { onAlerts: async (_tx, more) => void alerts.push(...more.map(wholeAlert)) },
    clock: systemClock,
    newId,
    log: silentLog,
    metrics,
    health: new HealthRegistry(systemClock),
    node: { id: nodeId, simulated: false },
    software: 'test',
    dataDirectory: join(directory, 'data'),
    listen: {
      host: '127.0.0.1',
      syslogUdp: 0,
      syslogTcp: 0,
      elastic: 0,
      hec: 0,
      otlp: 0,
      netflow: 0,
      ipfix: 0,
      sflow: 0,
      elasticVersion: '9.99.0',
      streams: {
        syslogTls: 0,
        lumberjack: 0,
        fluent: 0,
        ipfixTcp: 0,
        fluentAccess: { sharedKey: undefined, users: {} },
        secured: new Set(),
        credentials: () => Promise.reject(new Error('no certificate here')),
      },
    },
    home: async () => organisation,
    silenceSeconds: async () => undefined,
    holidays: async () => ({ zone: 'Asia/Ho_Chi_Minh', days: new Set() }),
    ruleSet: () => ({
      version: 'v',
      active: 0,
      errors: 0,
      loaded_at: systemClock.iso(),
      indicators: 0,
      indicator_version: '',
    }),
    libraryRules: () => null,
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

export async function stopNode({ station }: Node): Promise<void> {
  running.splice(running.indexOf(station), 1)
  await station.stop()
}

export async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = systemClock.now() + 15_000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (systemClock.now() > deadline) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export function withText(node: Node, text: string, count = 1): Promise<Event[]> {
  return until(() => {
    const found = node.events.events.filter(({ raw_data: _, ...event }) =>
      JSON.stringify(event).includes(text),
    )
    return found.length >= count ? found : undefined
  })
}

export async function sourceNamed(node: Node, name: string): Promise<Source> {
  const { body } = await node.ask('GET', '/api/v1/sources?limit=100')
  return (body as { items: Source[] }).items.find((source) => source.name === name) as Source
}
