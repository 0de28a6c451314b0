import { setTimeout as delay } from 'node:timers/promises'
import { Event } from '@haidang/contracts/event'
import { eventTable } from '@haidang/contracts/event-columns'
import { eventOfRow, type WholeEventRow, wholeEventColumns } from '@haidang/contracts/event-row'
import { millisecondsOf } from '@haidang/contracts/instant'
import { type GivesWay, type Held, surplus } from '@haidang/link/boxes/box-quota'
import type { Outbox } from '@haidang/link/boxes/outbox'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { tokenColumn } from '@haidang/runtime/event-store/event-table'
import type { Log } from '@haidang/runtime/log'
import type { MonitoringStore } from './monitoring-store.ts'
import type { EventOfferRow } from './monitoring-tables.ts'

interface ForwarderParts {
  readonly database: Database
  readonly events: EventStore
  readonly store: MonitoringStore
  readonly outbox: Outbox
  readonly nodeId: string
  readonly log: Log
}

/** What lies ready at the link at once, bytes: the rest stays in the event store alone. */
const ready = 4 * 1024 * 1024
const pageRecords = 1000
const pageBytes = 2 * 1024 * 1024
const look = 500

/**
 * Moves offered events from the event store to the link, as much as is sent soon: in the order in which they
 * were stored, exactly once (the place in the offer and the numbers of the stream move in one transaction),
 * through the release policy at the link's door. What exceeds the quota of the stream, and what the store has
 * let go meanwhile, becomes a gap record.
 */
export class EventForwarder {
  readonly #parts: ForwarderParts

  constructor(parts: ForwarderParts) {
    this.#parts = parts
  }

  /** Forwards until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const more = await this.step().catch((error: unknown) => {
        this.#parts.log.error({ error }, 'events could not be forwarded yet')
        return false
      })
      if (!more) await delay(look, undefined, { signal }).catch(() => undefined)
    }
  }

  /** One page of the oldest offer, if there is room. Returns whether more may be done at once. */
  async step(): Promise<boolean> {
    const { database } = this.#parts
    const offer = await database.transact(systemScope, (tx) => this.#next(tx))
    if (!offer) return false
    const page = await this.#page(offer)
    await database.transact(systemScope, (tx) => this.#forward(tx, offer, page))
    return true
  }

  async #next(tx: Tx): Promise<EventOfferRow | undefined> {
    const { store, outbox } = this.#parts
    const room = await outbox.room(tx, 'events')
    if (!room) return undefined
    const backlog = await store.backlog(tx)
    const held = { records: backlog.records + room.waiting, bytes: backlog.bytes + room.bytes }
    const over = surplus(held, room.quota)
    if (over) await this.#giveWay(tx, over, room.quota.gives)
    return room.bytes >= Math.min(ready, room.quota.bytes / 2) ? undefined : store.first(tx)
  }

  /** The oldest or the newest offers go, until so much is gone. */
  async #giveWay(tx: Tx, over: Held, gives: GivesWay): Promise<void> {
    const { store } = this.#parts
    let left = over
    while (left.records > 0 || left.bytes > 0) {
      const offer = await store.first(tx, gives)
      if (!offer) return
      await this.#miss(tx, offer, offer.records - offer.read, 'the quota of the bulk lane was full')
      await store.remove(tx, offer.id)
      left = {
        records: left.records - (offer.records - offer.read),
        bytes: left.bytes - offer.bytes,
      }
    }
  }

  async #forward(tx: Tx, offer: EventOfferRow, page: Page): Promise<void> {
    const { store, outbox, nodeId } = this.#parts
    if (!(await store.locked(tx, offer))) return
    const records = page.events.map((event) =>
      event.node_id === nodeId
        ? event
        : { ...event, origin: { node: event.node_id, stream: 'events' } },
    )
    if (records.length > 0) await outbox.append(tx, 'events', records)
    const read = offer.read + page.events.length
    const last = page.events.at(-1)
    if (!page.isLast && last) return store.advance(tx, offer.id, last.id, read)
    await this.#miss(tx, offer, offer.records - read, 'the event store had let them go')
    await store.remove(tx, offer.id)
  }

  async #miss(tx: Tx, offer: EventOfferRow, count: number, reason: string): Promise<void> {
    const { from_time: from, to_time: to } = offer
    if (count > 0) await this.#parts.outbox.miss(tx, 'events', { count, from, to, reason })
  }

  async #page(offer: EventOfferRow): Promise<Page> {
    const { events } = this.#parts
    const { token, sources, from_time, to_time, after_id } = offer
    const where = `(${tokenColumn} = {token:String} OR startsWith(${tokenColumn}, {repairs:String}))
      AND received_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND received_time <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')
      AND source_id IN {sources:Array(String)} AND id > {after:String}`
    const parameters = {
      token,
      repairs: `${token}#`,
      sources,
      after: after_id,
      from: millisecondsOf(from_time),
      to: millisecondsOf(to_time),
    }
    const keys = await events.query<{ id: string; size: unknown }>(
      `SELECT id, length(event) + length(raw_data) AS size FROM ${eventTable}
       WHERE ${where} ORDER BY id LIMIT ${pageRecords}`,
      parameters,
    )
    const taken = fitting(keys.map(({ size }) => Number(size)))
    const until = keys[taken - 1]?.id
    if (until === undefined) return { events: [], isLast: true }
    const rows = await events.query<WholeEventRow>(
      `SELECT ${wholeEventColumns.join(', ')} FROM ${eventTable}
       WHERE ${where} AND id <= {until:String} ORDER BY id`,
      { ...parameters, until },
    )
    const isLast = keys.length < pageRecords && taken === keys.length
    return { events: rows.map((row) => Event.parse(eventOfRow(row))), isLast }
  }
}

interface Page {
  readonly events: readonly Event[]
  /** Whether nothing of the offer is behind it. */
  readonly isLast: boolean
}

/** How many of these sizes make a page: one at least. */
function fitting(sizes: readonly number[]): number {
  let bytes = 0
  const end = sizes.findIndex((size, i) => {
    bytes += size
    return i > 0 && bytes > pageBytes
  })
  return end < 0 ? sizes.length : end
}
