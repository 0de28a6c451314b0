import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Log } from '@haidang/runtime/log'
import type { Collector } from './collector.ts'
import type { Intake } from './intake.ts'
import type { SourceBook } from './source-book.ts'
import { kernelDrops } from './udp-drops.ts'

export interface SyslogUdpParts {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly intake: Intake
  readonly book: SourceBook
  readonly log: Log
}

interface Pending {
  readonly sourceId: string
  readonly sender: string
  readonly records: Buffer[]
}

/** Asked of the kernel, which may grant less; a burst of a second at 30,000 datagrams of 500 bytes. */
const receiveBuffer = 16 * 1_048_576
const mostWaiting = 50_000
const mostWaitingBytes = 32 * 1_048_576
const dropsEvery = 1000

/** Syslog datagrams (RFC 5426): nothing is acknowledged, so what is lost is counted. */
export class SyslogUdp implements Collector {
  readonly #parts: SyslogUdpParts
  #socket: Socket | undefined
  #problem: string | undefined
  readonly #stopping = new AbortController()
  #pending = new Map<string, Pending>()
  #waiting = 0
  #waitingBytes = 0
  #flushing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #kernelDrops = 0

  constructor(parts: SyslogUdpParts) {
    this.#parts = parts
  }

  /** The port it listens on; undefined while it does not. */
  get port(): number | undefined {
    return this.#problem === undefined ? this.#socket?.address().port : undefined
  }

  async start(): Promise<void> {
    const { host, port, log } = this.#parts
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
      log.error({ error }, 'the syslog UDP listener could not open')
      socket.close()
      return
    }
    socket.on('error', (error) => log.error({ error }, 'syslog UDP'))
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

  /** Adds what the kernel threw away since the last look; it cannot say whose it was: the default's. */
  async countKernelDrops(): Promise<void> {
    const port = this.#socket?.address().port
    const drops = port === undefined ? undefined : await kernelDrops(port)
    if (drops === undefined) return
    const source = this.#parts.book.route('syslog-udp', '')
    if (source && drops > this.#kernelDrops)
      this.#parts.intake.drop(source.id, drops - this.#kernelDrops)
    this.#kernelDrops = drops
  }

  #take(bytes: Buffer, { address }: RemoteInfo): void {
    const { book, intake } = this.#parts
    const source = book.route('syslog-udp', address)
    if (!source) return
    const full =
      this.#waiting >= mostWaiting || this.#waitingBytes + bytes.length > mostWaitingBytes
    if (full || source.paused) {
      intake.drop(source.id, 1)
      return
    }
    const name = `${source.id} ${address}`
    const pending = this.#pending.get(name) ?? { sourceId: source.id, sender: address, records: [] }
    pending.records.push(bytes)
    this.#pending.set(name, pending)
    this.#waiting++
    this.#waitingBytes += bytes.length
    this.#flushing ??= this.#flushSoon()
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
    const batches = [...this.#pending.values()]
    this.#pending = new Map()
    await Promise.all(batches.map((batch) => this.#append(batch)))
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
      this.#waitingBytes -= records.reduce((sum, { length }) => sum + length, 0)
    }
  }
}
