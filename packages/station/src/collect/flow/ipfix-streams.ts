import type { Clock } from '@haidang/runtime/clock'
import type { SourceRow } from '../../keep/station-tables.ts'
import { appendDurably } from '../append-durably.ts'
import type { HeldBytes } from '../held-bytes.ts'
import type { Intake } from '../intake.ts'
import { ProtocolError } from '../protocol-error.ts'
import { socketBytes } from '../socket-bytes.ts'
import type { StreamPeer } from '../stream-peer.ts'
import { ExporterDomains } from './exporter-domains.ts'
import { FlowReader, type Peer } from './flow-reader.ts'
import { IpfixFraming } from './ipfix-framing.ts'
import { SeriesBook } from './series-book.ts'
import { TemplateReader } from './template-reader.ts'

export interface IpfixStreamsParts {
  readonly intake: Intake
  /** The source of a peer's flows; undefined: nobody's. */
  readonly sourceOf: (peer: StreamPeer) => SourceRow | undefined
  readonly held: HeldBytes
  readonly clock: Clock
}

interface Session {
  readonly from: Required<Peer>
  readonly peer: StreamPeer
  readonly reader: FlowReader
  readonly series: SeriesBook
}

/** Observation domains of a connection whose numbers are watched. */
const mostSeries = 64
/** Flows put into the spool at once. */
const mostAtOnce = 2000

/**
 * IPFIX over TCP or TLS (RFC 7011, 10.4). What an exporter announces counts for its connection alone and as long
 * as that stands; the bounds of what may be announced are those of all connections together.
 */
export class IpfixStreams {
  readonly #parts: IpfixStreamsParts
  readonly #domains = new ExporterDomains(() => undefined, Number.POSITIVE_INFINITY)
  readonly #templates = new TemplateReader(this.#domains)
  #sessions = 0

  constructor(parts: IpfixStreamsParts) {
    this.#parts = parts
  }

  /**
   * Reads a connection to its end, no faster than its flows become durable: meanwhile TCP holds the exporter
   * back. Throws ProtocolError where it is no IPFIX, or its exporter nobody's.
   */
  async read(peer: StreamPeer, signal: AbortSignal): Promise<void> {
    const session = this.#open(peer)
    const framing = new IpfixFraming()
    const account = this.#parts.held.account()
    peer.readsOut = true
    try {
      for await (const chunk of socketBytes(peer.socket)) {
        const messages = framing.push(chunk)
        if (messages.length > 0) peer.record.clear()
        await this.#keep(messages, session, signal)
        if (framing.fault !== undefined) throw new ProtocolError(framing.fault)
        peer.record.begun(framing.pending)
        account.set(framing.pending)
      }
    } finally {
      peer.record.clear()
      account.release()
      this.#close(session, framing.pending > 0 ? 1 : 0)
    }
  }

  #open(peer: StreamPeer): Session {
    const series = new SeriesBook(mostSeries)
    const { clock } = this.#parts
    const reader = new FlowReader({
      templates: this.#templates,
      series,
      clock,
      ignored: () => undefined,
    })
    const name = `${++this.#sessions}/`
    const from = { address: peer.address, port: peer.socket.remotePort ?? 0, session: name }
    return { from, peer, reader, series }
  }

  /** What a message was cut in that held so many flows at least is lost with it. */
  #close({ from, peer, series }: Session, cut: number): void {
    this.#domains.forget(from.session)
    this.#drop(series.settle({ all: true }))
    const source = cut > 0 ? this.#parts.sourceOf(peer) : undefined
    if (source) this.#parts.intake.drop(source.id, cut)
  }

  async #keep(messages: readonly Buffer[], session: Session, signal: AbortSignal): Promise<void> {
    if (messages.length === 0) return
    const { intake, sourceOf } = this.#parts
    const { peer, from, reader, series } = session
    const source = sourceOf(peer)
    if (!source) throw new ProtocolError('no source takes IPFIX of this sender')
    const lines = messages.flatMap((message) => reader.read(message, from, source))
    if (source.paused) return intake.drop(source.id, lines.length)
    const named = { sourceId: source.id, sender: peer.address }
    for (let at = 0; at < lines.length; at += mostAtOnce) {
      const some = lines.slice(at, at + mostAtOnce).map((bytes) => ({ bytes }))
      if (await appendDurably(intake, named, some, signal)) continue
      intake.drop(source.id, lines.length - at)
      break
    }
    this.#drop(series.settle())
  }

  #drop(lost: ReadonlyMap<string, number>): void {
    for (const [sourceId, records] of lost) this.#parts.intake.drop(sourceId, records)
  }
}
