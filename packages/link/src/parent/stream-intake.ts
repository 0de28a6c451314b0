import type { Envelope, UpStream } from '@haidang/contracts/link'
import { Heartbeat } from '@haidang/contracts/station'
import { storable } from '@haidang/contracts/storable'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EnvelopeGate } from '../envelopes/envelope-gate.ts'
import type { Peer } from '../peer.ts'
import type { StationRow } from '../station-tables.ts'
import { beyond, type Numbered, type NumberedRecord, type Span } from '../wire/batch.ts'
import { Hole } from '../wire/hole.ts'
import { requireAccepted } from './peer-gate.ts'
import type { StationStore } from './station-store.ts'
import type { StationWatch } from './station-watch.ts'

/** What the node does with what its children send, inside the transaction that moves the watermark. */
export interface ParentHandlers {
  /**
   * New records of stream `alerts` of one child, in order: JSON objects that should be detection findings,
   * not yet checked. An organisation named inside them is the child's claim; `peer` is the truth.
   * `numbers` are those the child gave them, in the same order.
   */
  alerts(
    tx: Tx,
    peer: Peer,
    findings: readonly Readonly<Record<string, unknown>>[],
    numbers: readonly number[],
  ): Promise<void>
  /**
   * New records of stream `events` of one child, in order: JSON objects that should be events, not yet
   * checked, each with its number. Throws Problem request.rate-limited while there is no room for them.
   */
  events(tx: Tx, peer: Peer, records: readonly NumberedRecord[]): Promise<void>
  /** One genuine, new envelope. A Problem thrown here refuses the envelope, not the stream. */
  messages(tx: Tx, peer: Peer, envelope: Envelope): Promise<void>
}

interface IntakeParts {
  readonly database: Database
  readonly stations: StationStore
  readonly watch: StationWatch
  readonly gate: EnvelopeGate
  readonly clock: Clock
  /** The organisation this node belongs to. */
  home(tx: Tx): Promise<{ readonly id: string } | undefined>
  /** Tells a child that this node does not know the type of its envelope. */
  unsupported(tx: Tx, peer: Peer, envelope: Envelope): Promise<void>
}

/** A peer whose row is locked until the transaction ends. */
interface LockedPeer extends Peer {
  readonly row: StationRow
}

/** Streams this version takes from children. */
export const acceptedStreams = [
  'alerts',
  'events',
  'health',
  'messages',
] as const satisfies UpStream[]
/** A thousand sources with their counters, and room. */
const longestHeartbeat = 1024 * 1024
export type AcceptedStream = (typeof acceptedStreams)[number]

/** Stores batches: data and watermark in one transaction, so that a repeat changes nothing. */
export class StreamIntake {
  readonly #parts: IntakeParts
  readonly #handlers: ParentHandlers

  constructor(parts: IntakeParts, handlers: ParentHandlers) {
    this.#parts = parts
    this.#handlers = handlers
  }

  /** Takes a batch in and returns the watermark. Throws Hole when numbers before `span.first` are missing. */
  store(
    peer: Peer,
    stream: AcceptedStream,
    span: Span,
    numbered: readonly Numbered[],
  ): Promise<number> {
    const { database, stations, watch } = this.#parts
    return database.transact(systemScope, async (tx) => {
      // The station's row is locked first, here as everywhere: two streams cannot deadlock, and nothing is
      // stored after a revocation was.
      const row = await stations.require(tx, peer.station_id)
      requireAccepted(row, peer.fingerprint)
      const stored = await stations.watermark(tx, peer.station_id, stream)
      if (span.first > stored + 1) throw new Hole(stored)
      if (span.last <= stored) return stored
      const fresh = beyond(numbered, stored)
      await this.#records(
        tx,
        { ...peer, row },
        stream,
        fresh.filter((entry) => entry.kind === 'record'),
      )
      for (const entry of fresh) {
        if (entry.kind === 'gap') await watch.gap(tx, peer, stream, entry.gap)
      }
      await stations.moveWatermark(tx, peer.station_id, stream, span.last)
      return span.last
    })
  }

  #records(
    tx: Tx,
    peer: LockedPeer,
    stream: AcceptedStream,
    records: readonly NumberedRecord[],
  ): Promise<void> {
    if (stream === 'alerts') return this.#alerts(tx, peer, records)
    if (stream === 'events') return this.#events(tx, peer, records)
    if (stream === 'health') return this.#health(tx, peer, records)
    return this.#messages(tx, peer, records)
  }

  async #alerts(tx: Tx, peer: Peer, records: readonly NumberedRecord[]): Promise<void> {
    if (records.length === 0) return
    const findings = records.map(storableValue)
    await this.#parts.watch.data(tx, peer, findings.map(timeOf))
    const numbers = records.map(({ first }) => first)
    await this.#handlers.alerts(tx, peer, findings, numbers)
  }

  async #events(tx: Tx, peer: Peer, records: readonly NumberedRecord[]): Promise<void> {
    if (records.length === 0) return
    const times = records.map(({ value }) => String(value['received_time']))
    await this.#parts.watch.data(tx, peer, times)
    await this.#handlers.events(tx, peer, records)
  }

  /** Only the newest counts; one that cannot be read is kept aside, so that it cannot block the stream. */
  async #health(tx: Tx, peer: LockedPeer, records: readonly NumberedRecord[]): Promise<void> {
    const newest = records.at(-1)
    if (!newest) return
    const read = heartbeatIn(newest)
    if (typeof read !== 'string') return this.#parts.watch.heartbeat(tx, peer.row, read)
    await this.#parts.stations.reject(tx, {
      station: peer,
      stream: 'health',
      seq: newest.first,
      reason: read.slice(0, 500),
      line: newest.line.slice(0, 65_536),
      received_at: this.#parts.clock.iso(),
    })
  }

  async #messages(tx: Tx, peer: Peer, records: readonly NumberedRecord[]): Promise<void> {
    const { gate, watch, home, unsupported } = this.#parts
    const receiver = (await home(tx))?.id
    const times = records.map(({ value }) => String(value['time']))
    await watch.data(tx, peer, times)
    for (const record of records) {
      await gate.receive(tx, {
        node_id: peer.node_id,
        organisation_id: peer.organisation_id,
        receiver,
        record,
        handle: (envelope) => this.#handlers.messages(tx, peer, envelope),
        unsupported: (envelope) => unsupported(tx, peer, envelope),
      })
    }
  }
}

/** The heartbeat a record is, or why it is none. */
function heartbeatIn(record: NumberedRecord): Heartbeat | string {
  if (record.line.length > longestHeartbeat) return 'the heartbeat is too long'
  const read = Heartbeat.safeParse(storableValue(record))
  if (read.success) return read.data
  const [issue] = read.error.issues
  return `${issue?.path.join('.')}: ${issue?.message}`
}

/** The record as PostgreSQL can hold it: no U+0000 and no lone surrogates, which hostile input contains. */
function storableValue({ line, value }: NumberedRecord): Readonly<Record<string, unknown>> {
  return /\\u(0000|[dD][89a-fA-F])/.test(line) ? (storable(value) as typeof value) : value
}

/** When a finding was made, RFC 3339; a time that is none counts as late as can be. */
function timeOf({ time }: Readonly<Record<string, unknown>>): string {
  return isoOf(typeof time === 'number' && Math.abs(time) < 8e15 ? Math.trunc(time) : 8e15)
}
