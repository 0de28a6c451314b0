import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { CollectorKind } from '@haidang/contracts/source'
import type { Log } from '@haidang/runtime/log'
import type { SourceRow } from '../keep/station-tables.ts'
import type { Collector } from './collector.ts'
import type { Intake } from './intake.ts'
import type { SourceBook } from './source-book.ts'
import { kernelDrops } from './udp-drops.ts'

/** Makes records of datagrams. */
export interface DatagramReader {
  /** Of one datagram, in their order. Never throws. */
  read(bytes: Buffer, from: RemoteInfo, source: SourceRow): readonly Uint8Array[]
  /** Told before records taken so far are written; what it answers is called when they are durable or counted as lost. */
  flushing?(): () => void
  /** Whether it notices itself what the kernel threw away, by numbers the datagrams carry. */
  readonly countsGaps?: boolean
}

export interface UdpListenerParts {
  readonly kind: CollectorKind
  /** For people and the log. */
  readonly name: string
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly intake: Intake
  readonly book: SourceBook
  readonly log: Log
  readonly reader: DatagramReader
}

interface Pending {
  readonly sourceId: string
  readonly sender: string
  readonly records: Uint8Array[]
}

/** Asked of the kernel, which may grant less; a burst of a second at 30,000 datagrams of 500 bytes. */
const receiveBuffer = 16 * 1_048_576
const mostWaiting = 50_000
const mostWaitingBytes = 32 * 1_048_576
const dropsEvery = 1000

/** Takes records out of datagrams: nothing is acknowledged, so what is lost is counted. */
export class UdpListener implements Collector {
  readonly #parts: UdpListenerParts
  #socket: Socket | undefined
  #problem: string | undefined
  readonly #stopping = new AbortController()
  #pending = new Map<string, Pending>()
  #waiting = 0
  #waitingBytes = 0
  #flushing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #kernelDrops = 0

  constructor(parts: UdpListenerParts) {
    this.#parts = parts
  }

  /** The port it listens on; undefined while it does not. */
  get port(): number | undefined {
    return this.#problem === undefined ? this.#socket?.address().port : undefined
  }

  async start(): Promise<void> {
    const { host, port, log, name } = this.#parts
    const socket = createSocket({
      type: host.includes(':') ? 'udp6' : 'udp4',
      recvBufferSize: receiveBuffer,
    })
    socket.on('message', (bytes, from) => this.#take(bytes, from))
    socket.bind(port, host)
    try {
      await once(socket, 'listening')
    } catch (error) {
      this.#problem = `cannot listen on udp ${host}:${port}: ${String(error)}`
      log.error({ error }, `the ${name} listener could not open`)
      socket.close()
      return
    }
    socket.on('error', (error) => log.error({ error }, name))
    this.#problem = undefined
    this.#socket = socket
    this.#kernelDrops = (await kernelDrops(socket.address().port)) ?? 0
    this.#timer = setInterval(() => void this.countKernelDrops(), dropsEvery)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    if (!this.#socket) return
    await this.countKernelDrops()
    this.#socket.close()
    this.#socket = undefined
    await this.#flushing
    await this.#flush()
    this.#stopping.abort()
  }

  problem(): string | undefined {
    return this.#problem
  }

  /** Whether everything taken is durable. */
  get isIdle(): boolean {
    return this.#flushing === undefined
  }

  /** Adds what the kernel threw away since the last look; it cannot say whose it was: the default's. */
  async countKernelDrops(): Promise<void> {
    const { kind, book, intake, reader } = this.#parts
    const port = this.#socket?.address().port
    if (port === undefined || reader.countsGaps === true) return
    const drops = await kernelDrops(port)
    if (drops === undefined) return
    const source = book.route(kind, '')
    if (source && drops > this.#kernelDrops) intake.drop(source.id, drops - this.#kernelDrops)
    this.#kernelDrops = drops
  }

  /** Takes records of a source on their way into the spool, or counts them as lost where too many wait. */
  offer(source: SourceRow, sender: string, records: readonly Uint8Array[]): void {
    if (records.length === 0) return
    const bytes = sizeOf(records)
    const full =
      this.#waiting + records.length > mostWaiting || this.#waitingBytes + bytes > mostWaitingBytes
    if (full || source.paused) {
      this.#parts.intake.drop(source.id, records.length)
      return
    }
    const name = `${source.id} ${sender}`
    const pending = this.#pending.get(name) ?? { sourceId: source.id, sender, records: [] }
    pending.records.push(...records)
    this.#pending.set(name, pending)
    this.#waiting += records.length
    this.#waitingBytes += bytes
    this.#flushing ??= this.#flushSoon()
  }

  #take(bytes: Buffer, from: RemoteInfo): void {
    const { kind, book, reader } = this.#parts
    const source = book.route(kind, from.address)
    if (source) this.offer(source, from.address, reader.read(bytes, from, source))
  }

  /** One flush at a time: what arrives meanwhile goes with the next. */
  async #flushSoon(): Promise<void> {
    await new Promise(setImmediate)
    try {
      while (this.#pending.size > 0 && !this.#stopping.signal.aborted) await this.#flush()
    } finally {
      this.#flushing = undefined
    }
  }

  async #flush(): Promise<void> {
    const flushed = this.#parts.reader.flushing?.()
    const batches = [...this.#pending.values()]
    this.#pending = new Map()
    await Promise.all(batches.map((batch) => this.#append(batch)))
    flushed?.()
  }

  async #append({ sourceId, sender, records }: Pending): Promise<void> {
    const { intake, log } = this.#parts
    try {
      const batch = { sourceId, sender, records }
      const done = await intake.persevere(() => intake.append(batch), this.#stopping.signal)
      if (!done) intake.drop(sourceId, records.length)
    } catch (error) {
      intake.drop(sourceId, records.length)
      log.error({ error, records: records.length }, 'datagrams could not be spooled')
    } finally {
      this.#waiting -= records.length
      this.#waitingBytes -= sizeOf(records)
    }
  }
}

function sizeOf(records: readonly Uint8Array[]): number {
  return records.reduce((sum, { length }) => sum + length, 0)
}
