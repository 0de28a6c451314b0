import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Log } from '@haidang/runtime/log'
import { type Collector, keptOfLongRecord, longestRecord } from './collector.ts'
import type { Intake } from './intake.ts'
import type { SplitLine } from './line-splitter.ts'
import type { SourceBook } from './source-book.ts'
import { SyslogFraming } from './syslog-framing.ts'

export interface SyslogTcpParts {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly intake: Intake
  readonly book: SourceBook
  readonly log: Log
  readonly mostConnections?: number
  /** Milliseconds without a byte after which a connection is closed. */
  readonly idle?: number
}

/** Longest time a stop waits for what is in hand. */
const patience = 5000

/**
 * Syslog over TCP (RFC 6587). A connection is read no faster than its records become durable: while an
 * append waits, the socket is paused and TCP holds the sender back.
 */
export class SyslogTcp implements Collector {
  readonly #parts: SyslogTcpParts
  readonly #stopping = new AbortController()
  readonly #connections = new Map<Socket, Promise<void>>()
  #server: Server | undefined
  #problem: string | undefined

  constructor(parts: SyslogTcpParts) {
    this.#parts = parts
  }

  /** The port it listens on; undefined while it does not. */
  get port(): number | undefined {
    const address = this.#server?.address() as AddressInfo | null | undefined
    return address?.port
  }

  async start(): Promise<void> {
    const { host, port, log, mostConnections = 1024 } = this.#parts
    const server = createServer((socket) => this.#accept(socket))
    server.maxConnections = mostConnections
    server.on('drop', () => log.warn({ mostConnections }, 'too many syslog connections'))
    server.listen(port, host)
    try {
      await once(server, 'listening')
    } catch (error) {
      this.#problem = `cannot listen on tcp ${host}:${port}: ${String(error)}`
      log.error({ error }, 'the syslog TCP listener could not open')
      return
    }
    server.on('error', (error) => log.error({ error }, 'syslog TCP'))
    this.#server = server
  }

  async stop(): Promise<void> {
    this.#server?.close()
    const timer = setTimeout(() => this.#stopping.abort(), patience)
    for (const socket of this.#connections.keys()) socket.end().destroySoon()
    await Promise.all(this.#connections.values())
    clearTimeout(timer)
    this.#stopping.abort()
  }

  problem(): string | undefined {
    return this.#problem
  }

  #accept(socket: Socket): void {
    const { log, idle = 3_600_000 } = this.#parts
    socket.setKeepAlive(true, 60_000)
    socket.setTimeout(idle, () => socket.destroy())
    const sender = socket.remoteAddress ?? ''
    const reading = this.#read(socket, sender)
      .catch((error: unknown) => log.debug({ error, sender }, 'a syslog connection ended'))
      .finally(() => {
        this.#connections.delete(socket)
        socket.destroy()
      })
    this.#connections.set(socket, reading)
  }

  async #read(socket: Socket, sender: string): Promise<void> {
    const framing = new SyslogFraming(longestRecord, keptOfLongRecord)
    try {
      for await (const chunk of socket) await this.#keep(framing.push(chunk as Buffer), sender)
    } finally {
      const last = framing.end()
      if (last) await this.#keep([last], sender)
    }
  }

  async #keep(found: readonly SplitLine[], sender: string): Promise<void> {
    const { book, intake } = this.#parts
    const lines = found.filter(({ bytes }) => bytes.length > 0)
    if (lines.length === 0) return
    const source = book.route('syslog-tcp', sender)
    if (!source) return
    if (source.paused) return intake.drop(source.id, lines.length)
    const records = lines.filter(({ cutFrom }) => cutFrom === undefined).map(({ bytes }) => bytes)
    const work = async (): Promise<void> => {
      if (records.length > 0) await intake.append({ sourceId: source.id, sender, records })
    }
    const done = await intake.persevere(work, this.#stopping.signal)
    if (!done) intake.drop(source.id, records.length)
    for (const { bytes, cutFrom } of lines) {
      if (cutFrom === undefined) continue
      const long = { sourceId: source.id, sender, bytes, cutFrom }
      await intake.persevere(() => intake.appendLong(long), this.#stopping.signal)
    }
  }
}
