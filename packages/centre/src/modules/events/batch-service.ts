import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import type { Event } from '@haidang/contracts/event'
import { eventTable } from '@haidang/contracts/event-columns'
import { eventRow } from '@haidang/contracts/event-row'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Peer } from '@haidang/link/peer'
import type { NumberedRecord } from '@haidang/link/wire/batch'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { BatchStore } from './batch-store.ts'
import type { EventBatchRow } from './batch-tables.ts'
import { foreignEvent } from './foreign-event.ts'

/** Events that came to lie in the event store together. */
export interface StoredEvents {
  /** Of their insert. */
  readonly token: string
  /** Receive times, milliseconds since the epoch, both included. */
  readonly from: number
  readonly to: number
  readonly sources: ReadonlyMap<string, { readonly events: number; readonly bytes: number }>
}

interface BatchParts {
  readonly database: Database
  readonly events: EventStore
  readonly store: BatchStore
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  /** Offers events of nodes below to the node above, in the transaction that ends their way. */
  readonly offer: (tx: Tx, stored: StoredEvents) => Promise<void>
}

const pack = promisify(zstdCompress)
const unpack = promisify(zstdDecompress)
/** What may wait for the event store before children are held back, bytes as packed. */
const mostWaiting = 64 * 1024 * 1024
const look = 500
const reasonLimit = 5

/**
 * Events under direct monitoring, exactly once: a batch is kept with its watermark in one transaction, then
 * written to the event store under its id as token, then let go. A stop anywhere repeats the last two.
 */
export class BatchService {
  readonly #parts: BatchParts

  constructor(parts: BatchParts) {
    this.#parts = parts
  }

  /** Keeps what a child sent. Throws Problem request.rate-limited while too much waits. */
  async keep(tx: Tx, peer: Peer, records: readonly NumberedRecord[]): Promise<void> {
    const { store, clock, newId } = this.#parts
    if ((await store.bytes(tx)) > mostWaiting) {
      throw new Problem('request.rate-limited', 'the event store is behind')
    }
    const { station_id, node_id, organisation_id } = peer
    const body = await pack(records.map(({ first, line }) => `${first} ${line}`).join('\n'))
    await store.add(tx, {
      id: newId('entry'),
      station_id,
      node_id,
      organisation_id,
      body,
      size: body.length,
      records: records.length,
      received_at: clock.iso(),
    })
  }

  /** Writes what waits to the event store, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const more = await this.#step().catch((error: unknown) => {
        this.#parts.log.error({ error }, 'events of a station could not be stored yet')
        return false
      })
      if (!more) await delay(look, undefined, { signal }).catch(() => undefined)
    }
  }

  async #step(): Promise<boolean> {
    const { database, store, events } = this.#parts
    const row = await database.transact(systemScope, (tx) => store.oldest(tx))
    if (!row) return false
    const { kept, reasons } = await this.#read(row)
    const refused = row.records - kept.length
    if (kept.length > 0) {
      await events.insert(eventTable, kept.map(eventRow).join('\n'), tokenOf(row))
    }
    await database.transact(systemScope, async (tx) => {
      if (kept.length > 0) await this.#parts.offer(tx, storedOf(row, kept))
      if (refused > 0) await this.#refused(tx, row, refused, reasons)
      await store.remove(tx, row.id)
    })
    return true
  }

  async #read(row: EventBatchRow): Promise<{ kept: Event[]; reasons: string[] }> {
    const text = (await unpack(row.body)).toString('utf8')
    const now = millisecondsOf(row.received_at)
    const kept: Event[] = []
    const reasons = new Set<string>()
    for (const line of text.split('\n')) {
      const event = foreignEvent(JSON.parse(line.slice(line.indexOf(' ') + 1)), row, now)
      if (typeof event === 'object') kept.push(event)
      else if (reasons.size < reasonLimit) reasons.add(event)
    }
    return { kept, reasons: [...reasons] }
  }

  async #refused(
    tx: Tx,
    { organisation_id, node_id, records }: EventBatchRow,
    refused: number,
    reasons: readonly string[],
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type: 'events.refused',
      organisation_id,
      actor: { id: node_id, name: node_id },
      authority: 'link',
      subject: node_id,
      reason: reasons.join('; '),
      after: { refused, of: records },
    })
  }
}

function tokenOf({ id }: EventBatchRow): string {
  return `link:${id}`
}

function storedOf(row: EventBatchRow, kept: readonly Event[]): StoredEvents {
  const times = kept.map(({ received_time }) => millisecondsOf(received_time))
  const sources = new Map<string, { events: number; bytes: number }>()
  for (const { source_id, raw_data } of kept) {
    const { events = 0, bytes = 0 } = sources.get(source_id) ?? {}
    sources.set(source_id, { events: events + 1, bytes: bytes + raw_data.length })
  }
  return { token: tokenOf(row), from: Math.min(...times), to: Math.max(...times), sources }
}
