import type { CollectorKind } from '@haidang/contracts/source'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import type { SourceRow } from '../keep/station-tables.ts'
import { IpfixStreams } from './flow/ipfix-streams.ts'
import { readFluent } from './fluent/fluent-forward.ts'
import type { FluentAccess } from './fluent/fluent-handshake.ts'
import { HeldBytes } from './held-bytes.ts'
import type { Intake } from './intake.ts'
import { readLumberjack } from './lumberjack/lumberjack.ts'
import type { SourceBook } from './source-book.ts'
import { StreamListener, type StreamListenerParts } from './stream-listener.ts'
import { openSyslogSocket } from './syslog-socket.ts'
import { readSyslog, sourceByPeer } from './syslog-stream.ts'
import { certificateProblem, type TlsCredentials } from './tls-credentials.ts'

export interface StreamSettings {
  /** Ports; 0: any free one. */
  readonly syslogTls: number
  readonly lumberjack: number
  readonly fluent: number
  readonly ipfixTcp: number
  readonly fluentAccess: FluentAccess
  /** Kinds besides syslog TLS that speak TLS. */
  readonly secured: ReadonlySet<CollectorKind>
  /** What TLS listeners show; asked again and again, so that new files are taken without a restart. */
  readonly credentials: () => Promise<TlsCredentials>
}

/** Ports of those that are open. */
export interface StreamPorts {
  readonly syslogTls: number | undefined
  readonly lumberjack: number | undefined
  readonly fluent: number | undefined
  readonly ipfixTcp: number | undefined
}

export interface StreamCollectorsParts {
  readonly host: string
  readonly streams: StreamSettings
  readonly intake: Intake
  readonly book: SourceBook
  readonly clock: Clock
  readonly log: Log
  readonly dataDirectory: string
}

/** Kinds whose sources share a listener. */
type SharedKind = 'syslog-tls' | 'lumberjack' | 'fluent-forward' | 'ipfix'

const sharedKinds: ReadonlySet<CollectorKind> = new Set<SharedKind>([
  'syslog-tls',
  'lumberjack',
  'fluent-forward',
  'ipfix',
])

interface Shared {
  readonly name: string
  readonly port: number
  readonly serve: StreamListenerParts['serve']
}

interface Opened {
  readonly listener: StreamListener | undefined
  readonly problem: string | undefined
  readonly isTls: boolean
}

const upkeepEvery = 10_000

/**
 * Listeners for streams that stand only while a source asks for them. Once in ten seconds new certificates are
 * shown, and what could not open is tried again.
 */
export class StreamCollectors {
  readonly #parts: StreamCollectorsParts
  readonly #open = new Map<string, Opened>()
  readonly #shared: Readonly<Record<SharedKind, Shared>>
  #shown = ''
  #certificate: string | undefined
  #timer: NodeJS.Timeout | undefined
  #turn: Promise<void> = Promise.resolve()

  constructor(parts: StreamCollectorsParts) {
    this.#parts = parts
    this.#shared = sharedListeners(parts)
  }

  get ports(): StreamPorts {
    const port = (kind: SharedKind) => this.#open.get(kind)?.listener?.port
    return {
      syslogTls: port('syslog-tls'),
      lumberjack: port('lumberjack'),
      fluent: port('fluent-forward'),
      ipfixTcp: port('ipfix'),
    }
  }

  /** Why a source gets nothing; undefined: nothing is wrong. */
  problem(source: SourceRow): string | undefined {
    const opened = this.#open.get(nameOf(source))
    const own = opened?.isTls
      ? certificateProblem(this.#certificate, this.#parts.clock.now())
      : undefined
    return opened?.problem ?? opened?.listener?.problem ?? own
  }

  /** Puts the listeners in step with the sources. */
  adjust(): Promise<void> {
    this.#timer ??= setInterval(() => {
      void this.#inTurn(() => this.#upkeep()).catch(() => undefined)
    }, upkeepEvery)
    return this.#inTurn(() => this.#adjust())
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#inTurn(async () => {
      await Promise.all([...this.#open.values()].map(({ listener }) => listener?.stop()))
    })
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch((error: unknown) => {
      this.#parts.log.error({ error }, 'the listeners could not be put in step')
    })
    return done
  }

  async #adjust(): Promise<void> {
    const wanted = new Map(this.#wanted().map((source) => [nameOf(source), source]))
    for (const [name, { listener }] of this.#open) {
      if (wanted.has(name)) continue
      await listener?.stop()
      this.#open.delete(name)
    }
    for (const [name, source] of wanted) {
      if (!this.#isListening(name)) this.#open.set(name, await this.#start(source))
    }
  }

  #wanted(): SourceRow[] {
    return this.#parts.book
      .inUse()
      .filter(({ collector }) => collector === 'syslog-socket' || isShared(collector))
  }

  #isListening(name: string): boolean {
    return this.#open.get(name)?.listener?.isOpen === true
  }

  async #start(source: SourceRow): Promise<Opened> {
    const isTls = this.#isTls(source.collector)
    try {
      const credentials = isTls ? await this.#parts.streams.credentials() : undefined
      this.#certificate = credentials?.cert ?? this.#certificate
      return { listener: await this.#listen(source, credentials), problem: undefined, isTls }
    } catch (error) {
      return { listener: undefined, problem: String(error), isTls }
    }
  }

  async #listen(source: SourceRow, credentials?: TlsCredentials): Promise<StreamListener> {
    const { host, log, intake, book, dataDirectory } = this.#parts
    const { id, path, collector } = source
    if (!isShared(collector)) {
      const parts = { intake, sourceOf: () => book.get(id), held: new HeldBytes() }
      const serve: StreamListenerParts['serve'] = (peer, signal) => readSyslog(peer, parts, signal)
      return openSyslogSocket({ path: path ?? '', dataDirectory, serve, log })
    }
    const { name, port, serve } = this.#shared[collector]
    const refused = (sender: string, why: string) => book.refused(collector, sender, 'tls', why)
    const at = { host, port }
    const listener = new StreamListener({ name, at, credentials, log, serve, refused })
    await listener.start()
    return listener
  }

  async #upkeep(): Promise<void> {
    await this.#adjust()
    const secured = [...this.#open.values()].filter(({ isTls }) => isTls)
    if (secured.length === 0) return
    try {
      const credentials = await this.#parts.streams.credentials()
      const now = JSON.stringify(credentials)
      if (now === this.#shown) return
      for (const { listener } of secured) listener?.renew(credentials)
      this.#certificate = credentials.cert
      this.#shown = now
    } catch (error) {
      this.#parts.log.error({ error }, 'new certificates cannot be used; the old ones stay')
    }
  }

  #isTls(kind: CollectorKind): boolean {
    return kind === 'syslog-tls' || this.#parts.streams.secured.has(kind)
  }
}

function sharedListeners(parts: StreamCollectorsParts): Record<SharedKind, Shared> {
  const { streams, book } = parts
  const syslog = { ...parts, sourceOf: sourceByPeer(book, 'syslog-tls'), held: new HeldBytes() }
  const lumberjack = { ...parts, sourceOf: sourceByPeer(book, 'lumberjack'), held: new HeldBytes() }
  const sourceOf = sourceByPeer(book, 'fluent-forward')
  const fluent = { ...parts, sourceOf, held: new HeldBytes(), access: streams.fluentAccess }
  const ipfix = new IpfixStreams({
    ...parts,
    sourceOf: sourceByPeer(book, 'ipfix'),
    held: new HeldBytes(),
  })
  return {
    'syslog-tls': {
      name: 'syslog TLS',
      port: streams.syslogTls,
      serve: (peer, signal) => readSyslog(peer, syslog, signal),
    },
    lumberjack: {
      name: 'Lumberjack',
      port: streams.lumberjack,
      serve: (peer, signal) => readLumberjack(peer, lumberjack, signal),
    },
    'fluent-forward': {
      name: 'Fluent forward',
      port: streams.fluent,
      serve: (peer, signal) => readFluent(peer, fluent, signal),
    },
    ipfix: {
      name: 'IPFIX over TCP',
      port: streams.ipfixTcp,
      serve: (peer, signal) => ipfix.read(peer, signal),
    },
  }
}

function isShared(kind: CollectorKind): kind is SharedKind {
  return sharedKinds.has(kind)
}

/** Kinds share a listener; a socket is a source's own. */
function nameOf({ collector, id, path }: SourceRow): string {
  return collector === 'syslog-socket' ? `${collector} ${id} ${path}` : collector
}
