import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordFormat } from '@haidang/contracts/record-format'
import type { CollectorKind, Source } from '@haidang/contracts/source'
import { sourceApi } from '@haidang/contracts/source-api'
import { demoPlan } from '@haidang/haidang/demo/demo-plan'
import { setUpNode } from '@haidang/haidang/demo/seed'
import { systemClock } from '@haidang/runtime/clock'
import { openEmbeddedEventStore } from '@haidang/runtime/event-store/embedded-event-store'
import { silentLog } from '@haidang/runtime/silent-log'
import { freePorts } from './harness/free-ports.ts'
import { dropsAt, hasDropCounter } from './harness/kernel-sockets.ts'
import { LiveNode } from './harness/live-node.ts'
import { until } from './harness/until.ts'

interface WantedSource {
  readonly name: string
  readonly collector: CollectorKind
  readonly format?: RecordFormat
  readonly path?: string
  readonly senders?: readonly string[]
}

interface StationOptions {
  readonly sources: readonly WantedSource[]
  /** Threads that parse and detect; as many as the machine carries unless told. */
  readonly workers?: number
  /** Where its data stand, and stay afterwards; a directory that goes afterwards unless told. */
  readonly directory?: string
  /** More of the section `station`. */
  readonly station?: Readonly<Record<string, unknown>>
  /** The section `bus`. */
  readonly bus?: Readonly<Record<string, unknown>>
  /** Other sections of the configuration. */
  readonly sections?: Readonly<Record<string, unknown>>
  /** Directories of rules and files of indicators beside those that ship. */
  readonly rules?: {
    readonly directories: readonly string[]
    readonly indicators: readonly string[]
  }
}

/** One node with the parts of centre and station, as real processes, set up, on free ports. */
export interface StartedStation extends AsyncDisposable {
  readonly node: LiveNode
  /** Syslog, UDP and TCP. */
  readonly syslogPort: number
  /** Ways in over HTTP. */
  readonly ports: {
    readonly elastic: number
    readonly hec: number
    readonly otlp: number
    readonly syslogTls: number
    readonly lumberjack: number
    readonly fluent: number
  }
  /** Tokens of sources by name. */
  readonly tokens: ReadonlyMap<string, string>
  /** Seconds until it answered: a first start, with making the database. */
  readonly firstStart: number
  source(name: string): Promise<Source>
}

/** A new directory for data of a node; the database server of a node started by root gets there as another user. */
export async function dataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-system-'))
  await chmod(directory, 0o711)
  return directory
}

export async function startStation({
  sources,
  workers,
  station = {},
  rules,
  bus,
  sections,
  ...given
}: StationOptions): Promise<StartedStation> {
  const directory = given.directory ?? (await dataDirectory())
  const [http, link, syslog = 0, ...more] = await freePorts(9)
  const [elastic = 0, hec = 0, otlp = 0, syslogTls = 0, lumberjack = 0, fluent = 0] = more
  const configuration = {
    node: { simulated: true },
    http: { port: http },
    link: { port: link },
    station: {
      syslog_port: syslog,
      elastic_port: elastic,
      hec_port: hec,
      otlp_port: otlp,
      syslog_tls_port: syslogTls,
      lumberjack_port: lumberjack,
      fluent_port: fluent,
      workers,
      ...station,
    },
    ...(rules && { rules }),
    ...(bus && { bus }),
    ...sections,
  }
  const node = new LiveNode('station', join(directory, 'node'), JSON.stringify(configuration))
  const dispose = async () => {
    await node.stop()
    if (given.directory === undefined) await rm(directory, { recursive: true, force: true })
  }
  try {
    const before = performance.now()
    await node.start()
    const firstStart = (performance.now() - before) / 1_000
    const tokens = await setUp(node, sources)
    // A sender that knocks too early tries again, and rsyslog then sends its first line twice.
    await until('syslog to be listened to', 30_000, () => isHeard(syslog))
    const source = async (name: string) => {
      const { items } = await node.api(sourceApi).list({ query: { limit: 500 } })
      const found = items.find((each) => each.name === name)
      if (!found) throw new Error(`no source ${name}`)
      return found
    }
    const ports = { elastic, hec, otlp, syslogTls, lumberjack, fluent }
    return {
      node,
      syslogPort: syslog,
      ports,
      tokens,
      firstStart,
      source,
      [Symbol.asyncDispose]: dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

async function setUp(
  node: LiveNode,
  sources: readonly WantedSource[],
): Promise<Map<string, string>> {
  const [plan] = demoPlan
  if (!plan) throw new Error('the demonstration has no nodes')
  await setUpNode(plan, node.access, 'mat-khau-thu-nghiem')
  const tokens = new Map<string, string>()
  for (const { name, collector, format = 'auto', path, senders = [] } of sources) {
    const body = { name, collector, format, senders: [...senders], ...(path && { path }) }
    const { token } = await node.api(sourceApi).create({ body })
    if (token !== null) tokens.set(name, token)
  }
  return tokens
}

/** Whether a port is listened to by TCP, and by UDP where the kernel says so. */
async function isHeard(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.destroy()
  return !hasDropCounter || dropsAt(port) !== undefined
}

/** Rows a query finds in the event store of a node that is stopped. */
export async function rowsOfStopped<Row>(directory: string, sql: string): Promise<Row[]> {
  const store = await openEmbeddedEventStore({
    directory: join(directory, 'events'),
    clock: systemClock,
    log: silentLog,
  })
  try {
    return await store.query<Row>(sql, {})
  } finally {
    await store.close()
  }
}
