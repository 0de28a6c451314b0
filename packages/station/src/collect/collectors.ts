import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import type { FileStore } from '../keep/file-store.ts'
import type { SourceRow } from '../keep/station-tables.ts'
import type { BatchKeys } from './batch-keys.ts'
import { type FlowKind, FlowUdp } from './flow/flow-udp.ts'
import { HeldBytes } from './held-bytes.ts'
import type { HttpCollector } from './http/http-collector.ts'
import type { RequestRoom } from './http/request-room.ts'
import { type HttpKind, httpCollectors } from './http-collectors.ts'
import type { Intake } from './intake.ts'
import { KafkaSources } from './kafka/kafka-sources.ts'
import type { SourceBook } from './source-book.ts'
import { StreamCollectors, type StreamPorts, type StreamSettings } from './stream-collectors.ts'
import { StreamListener } from './stream-listener.ts'
import { readSyslog, sourceByPeer } from './syslog-stream.ts'
import { syslogUdp } from './syslog-udp.ts'
import { TailFile } from './tail-file.ts'
import type { UdpListener } from './udp-listener.ts'

export interface ListenAt {
  readonly host: string
  /** 0: any free one. */
  readonly syslogUdp: number
  readonly syslogTcp: number
  readonly elastic: number
  readonly hec: number
  readonly otlp: number
  readonly netflow: number
  readonly ipfix: number
  readonly sflow: number
  /** A port of their own for JSON lines; undefined: none. */
  readonly jsonLines?: number | undefined
  /** Version of Elasticsearch its senders are told. */
  readonly elasticVersion: string
  /** Listeners for streams that stand only while a source asks for them. */
  readonly streams: StreamSettings
}

/** Ports of the listeners that are open. */
export interface OpenPorts extends StreamPorts {
  readonly syslogUdp: number | undefined
  readonly syslogTcp: number | undefined
  readonly elastic: number | undefined
  readonly hec: number | undefined
  readonly otlp: number | undefined
  readonly netflow: number | undefined
  readonly ipfix: number | undefined
  readonly sflow: number | undefined
}

export interface CollectorsParts {
  readonly database: Database
  readonly files: FileStore
  readonly book: SourceBook
  readonly intake: Intake
  readonly keys: BatchKeys
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** What requests in hand may hold together. */
  readonly room: RequestRoom
  readonly listen: ListenAt
  /** Of this node: no file in it is followed. */
  readonly dataDirectory: string
}

/** All ways in but JSON lines: listeners, of syslog always and of others where a source asks for them, and one follower for each source of files. */
export class Collectors {
  readonly #parts: CollectorsParts
  readonly #udp: UdpListener
  readonly #tcp: StreamListener
  /** Each of these stands from the first source of its kind on. */
  readonly #http: Readonly<Partial<Record<HttpKind, HttpCollector>>>
  readonly #flows: Readonly<Record<FlowKind, FlowUdp>>
  readonly #streams: StreamCollectors
  readonly #kafka: KafkaSources
  readonly #files = new Map<string, { pattern: string; tail: TailFile }>()
  #adjusting: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(parts: CollectorsParts) {
    this.#parts = parts
    const { host, syslogTcp } = parts.listen
    this.#udp = syslogUdp({ ...parts, host, port: parts.listen.syslogUdp })
    const sourceOf = sourceByPeer(parts.book, 'syslog-tcp')
    const syslog = { ...parts, sourceOf, held: new HeldBytes() }
    this.#tcp = new StreamListener({
      name: 'syslog TCP',
      at: { host, port: syslogTcp },
      log: parts.log,
      serve: (peer, signal) => readSyslog(peer, syslog, signal),
    })
    this.#streams = new StreamCollectors({ ...parts, host, streams: parts.listen.streams })
    this.#kafka = new KafkaSources(parts)
    this.#http = httpCollectors(parts)
    this.#flows = flowCollectors(parts)
  }

  get ports(): OpenPorts {
    return {
      syslogUdp: this.#udp.port,
      syslogTcp: this.#tcp.port,
      elastic: this.#http['elastic-bulk']?.port,
      hec: this.#http['splunk-hec']?.port,
      otlp: this.#http['otlp-http']?.port,
      netflow: this.#flows.netflow.port,
      ipfix: this.#flows.ipfix.port,
      sflow: this.#flows.sflow.port,
      ...this.#streams.ports,
    }
  }

  async start(): Promise<void> {
    await Promise.all([this.#tcp.start(), this.#udp.start()])
    await this.adjust()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#adjusting
    const tails = [...this.#files.values()].map(({ tail }) => tail.stop())
    const opened = [...Object.values(this.#http), ...Object.values(this.#flows)]
    const listeners = [this.#tcp, this.#udp, this.#streams, this.#kafka, ...opened]
    await Promise.all([...listeners.map((listener) => listener.stop()), ...tails])
  }

  /** Why a source gets nothing, and what to do; undefined: nothing is wrong. */
  problem(source: SourceRow): string | undefined {
    const { id, collector } = source
    switch (collector) {
      case 'syslog-udp':
        return this.#udp.problem()
      case 'syslog-tcp':
        return this.#tcp.problem
      case 'elastic-bulk':
      case 'splunk-hec':
      case 'otlp-http':
      case 'json-lines':
        return this.#http[collector]?.problem()
      case 'netflow':
      case 'sflow':
        return this.#flows[collector].problem()
      case 'ipfix':
        return this.#flows.ipfix.problem() ?? this.#streams.problem(source)
      case 'tail-file':
        return this.#files.get(id)?.tail.problem(id)
      case 'kafka':
        return this.#kafka.problem(id)
      case 'syslog-tls':
      case 'syslog-socket':
      case 'lumberjack':
      case 'fluent-forward':
        return this.#streams.problem(source)
    }
  }

  /** Puts what stands for single sources in step with them. */
  adjust(): Promise<void> {
    const adjusting = this.#adjusting.then(() => this.#adjust())
    this.#adjusting = adjusting.catch(() => undefined)
    return adjusting
  }

  async #adjust(): Promise<void> {
    if (this.#stopped) return
    await this.#streams.adjust()
    await this.#kafka.adjust()
    await this.#openWanted()
    const wanted = new Map<string, string>()
    for (const { id, collector, path } of this.#parts.book.inUse()) {
      if (collector === 'tail-file' && path !== null) wanted.set(id, path)
    }
    for (const [id, { pattern, tail }] of this.#files) {
      if (wanted.get(id) === pattern) continue
      await tail.stop()
      this.#files.delete(id)
    }
    for (const [id, pattern] of wanted) {
      if (this.#files.has(id)) continue
      const tail = this.#tail(id, pattern)
      this.#files.set(id, { pattern, tail })
      await tail.start()
    }
  }

  /** Opens what a source asks for; one that could not open is tried again at every change of sources. */
  async #openWanted(): Promise<void> {
    const kinds = new Set<string>(this.#parts.book.inUse().map(({ collector }) => collector))
    for (const [kind, listener] of Object.entries({ ...this.#http, ...this.#flows })) {
      if (kinds.has(kind) && listener.port === undefined) await listener.start()
    }
  }

  #tail(sourceId: string, pattern: string): TailFile {
    const { database, files, keys, clock } = this.#parts
    return new TailFile({
      ...this.#parts,
      sourceId,
      pattern,
      store: {
        positions: () => database.transact(systemScope, (tx) => files.of(tx, sourceId)),
        spooled: (prefix) => keys.startingWith(sourceId, prefix),
        save: (position, before) =>
          database.transact(systemScope, async (tx) => {
            if (before !== undefined) await files.forget(tx, sourceId, before)
            await files.moveTo(tx, sourceId, position, clock.iso())
          }),
      },
    })
  }
}

function flowCollectors(parts: CollectorsParts): Record<FlowKind, FlowUdp> {
  const { host } = parts.listen
  const of = (kind: FlowKind) => new FlowUdp({ ...parts, host, kind, port: parts.listen[kind] })
  return { netflow: of('netflow'), ipfix: of('ipfix'), sflow: of('sflow') }
}
