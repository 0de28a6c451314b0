import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { CollectorKind } from '@haidang/contracts/source'
import type { Log } from '@haidang/runtime/log'
import type { SourceRow } from '../keep/station-tables.ts'
import type { Collector } from './collector.ts'
import { DatagramQueue, type QueuedRecords } from './datagram-queue.ts'
import { type Intake, sizeOf } from './intake.ts'
import { LatestRecords } from './latest-records.ts'
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

/** Asked of the kernel, which may grant less; a burst of a second at 30,000 datagrams of 500 bytes. */
const receiveBuffer = 16 * 1_048_576
const dropsEvery = 1000
/** How often what was held back is tried again, milliseconds. */
const retryEvery = 100
/** What the kernel still holds is taken at a stop for so long (ms): who goes on sending does not keep us. */
const longestDrain = 1000

/** Takes records out of datagrams: nothing is acknowledged, so what is lost is counted. */
export class UdpListener implements Collector {
  readonly #parts: UdpListenerParts
  #socket: Socket | undefined
  #problem: string | undefined
  readonly #stopping = new AbortController()
  readonly #queue = new DatagramQueue()
  /** Of sources that are held back and give up their oldest records. */
  readonly #latest = new LatestRecords()
  #flushing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #kernelDrops = 0
  #taken = 0

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
    await this.#drain()
    await this.countKernelDrops()
    this.#socket.close()
    this.#socket = undefined
    clearTimeout(this.#retry)
    this.#bringLatest(() => true)
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

  /**
   * Takes records of a source on their way into the spool. Those its limits do not let in are counted as lost, the
   * newest or the oldest, as it says; where too many wait, they are counted of the source of which most do.
   */
  offer(source: SourceRow, sender: string, records: readonly Uint8Array[]): void {
    if (records.length === 0) return
    const { intake } = this.#parts
    if (source.paused) {
      intake.drop(source.id, records.length)
      return
    }
    const givesOldest = intake.gate.policy(source) === 'drop-oldest'
    // Whoever waits already goes first.
    const isLet =
      !(givesOldest && this.#latest.has(source.id)) &&
      intake.gate.tryEnter(source.id, records.length, sizeOf(records)) === undefined
    if (isLet) this.#enqueue(source.id, sender, records)
    else if (givesOldest) this.#holdLatest(source.id, sender, records)
    else intake.drop(source.id, records.length)
  }

  #enqueue(sourceId: string, sender: string, records: readonly Uint8Array[]): void {
    const { intake } = this.#parts
    const lost = this.#queue.put(sourceId, sender, records)
    for (const [id, count] of lost) intake.drop(id, count)
    this.#flushing ??= this.#flushSoon()
  }

  #holdLatest(sourceId: string, sender: string, records: readonly Uint8Array[]): void {
    for (const bytes of records) {
      this.#parts.intake.drop(sourceId, this.#latest.put(sourceId, { sender, bytes }))
    }
    this.#retrySoon()
  }

  #retrySoon(): void {
    const { gate } = this.#parts.intake
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined
      this.#bringLatest((id, bytes) => gate.tryEnter(id, 1, bytes) === undefined)
    }, retryEvery)
  }

  /** What was held back goes on its way, as far as `isLet` lets it. */
  #bringLatest(isLet: (sourceId: string, bytes: number) => boolean): void {
    for (const { sourceId, sender, bytes } of this.#latest.take(isLet))
      this.#enqueue(sourceId, sender, [bytes])
    if (!this.#latest.isEmpty) this.#retrySoon()
  }

  #take(bytes: Buffer, from: RemoteInfo): void {
    const { kind, book, reader } = this.#parts
    this.#taken += 1
    const source = book.route(kind, from.address)
    if (source) this.offer(source, from.address, reader.read(bytes, from, source))
  }

  /** Takes what had reached this machine before the stop: closing throws it away. */
  async #drain(): Promise<void> {
    const until = performance.now() + longestDrain
    // One turn may end before the socket was looked at.
    for (let idle = 0; idle < 2 && performance.now() < until; ) {
      const before = this.#taken
      await new Promise(setImmediate)
      idle = this.#taken === before ? idle + 1 : 0
    }
  }

  /** One flush at a time: what arrives meanwhile goes with the next. */
  async #flushSoon(): Promise<void> {
    await new Promise(setImmediate)
    try {
      while (!this.#queue.isEmpty && !this.#stopping.signal.aborted) await this.#flush()
    } finally {
      this.#flushing = undefined
    }
  }

  async #flush(): Promise<void> {
    const flushed = this.#parts.reader.flushing?.()
    const batches = this.#queue.take()
    await Promise.all(batches.map((batch) => this.#append(batch)))
    flushed?.()
  }

  async #append(queued: QueuedRecords): Promise<void> {
    const { intake, log } = this.#parts
    const { sourceId, records } = queued
    try {
      const batch = { ...queued, isCharged: true }
      const done = await intake.persevere(() => intake.append(batch), this.#stopping.signal)
      if (!done) intake.drop(sourceId, records.length)
    } catch (error) {
      intake.drop(sourceId, records.length)
      log.error({ error, records: records.length }, 'datagrams could not be spooled')
    } finally {
      this.#queue.done(queued)
    }
  }
}
