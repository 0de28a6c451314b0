import type { ArchiveReach } from '@haidang/contracts/archive'
import { Event, Logsource } from '@haidang/contracts/event'
import type { EventField } from '@haidang/contracts/event-api'
import { eventOfRow, type WholeEventRow } from '@haidang/contracts/event-row'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Scope } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { decodeCursor, encodeCursor } from '@haidang/runtime/http/cursor'
import { Problem } from '@haidang/runtime/problem'
import {
  bodiesQuery,
  countQuery,
  type EventKey,
  type EventQuery,
  eventById,
  histogramQuery,
  keysQuery,
  rangeOf,
  recordsQuery,
  type Sought,
  type Tables,
  valuesQuery,
} from './event-query.ts'

/** How much of the range is searched first, and by how much each further look grows. */
const firstShare = 1 / 64
const growth = 4
/** Bound values travel in the address of the request, which engines bound at 16 kB. */
const keysAtOnce = 150
/** An event looked for by id is received so soon after its time, and the other way round, milliseconds. */
const nearby = 3_600_000

/** Brings back what of a range of event times (milliseconds since the epoch) lies only in the archive; undefined: nothing. */
export type ReachArchive = (
  scope: Scope,
  from: number,
  to: number,
) => Promise<ArchiveReach | undefined>

const noArchive: ReachArchive = () => Promise.resolve(undefined)

/** Event search for people: newest first, within what the caller may see. */
export class EventService {
  readonly #events: EventStore
  readonly #clock: Clock
  readonly #reach: ReachArchive

  constructor(events: EventStore, clock: Clock, reach: ReachArchive = noArchive) {
    this.#events = events
    this.#clock = clock
    this.#reach = reach
  }

  /**
   * One page, newest first. The newest stretch of the range is searched first and widened until the page
   * is full, so that frequent things are found without reading the whole range.
   */
  async search(
    caller: Caller,
    query: PageQuery & Sought,
    signal?: AbortSignal,
  ): Promise<Page<Event> & Archived & { took_ms: number }> {
    if (query.sort !== undefined && query.sort !== '-time') {
      throw new Problem('request.invalid', 'events are sorted by -time')
    }
    const started = this.#clock.monotonic()
    const { archive, tables } = await this.#tablesFor(caller.scope, query)
    const keys = await this.#keys(caller.scope, query, signal, tables)
    const shown = keys.slice(0, query.limit)
    const last = shown.at(-1)
    return {
      ...(await this.#bodies(caller.scope, shown, signal, tables)),
      archive,
      next: keys.length > query.limit && last ? encodeCursor([last.time, last.id]) : null,
      took_ms: Math.round(this.#clock.monotonic() - started),
    }
  }

  /** Counts by severity over time. */
  async histogram(caller: Caller, query: Sought & { buckets: number }, signal?: AbortSignal) {
    const started = this.#clock.monotonic()
    const range = rangeOf(query)
    const { tables } = await this.#tablesFor(caller.scope, query)
    const seconds = Math.max(1, Math.ceil((range.to - range.from) / 1000 / query.buckets))
    const sought = { ...range, filter: query.filter }
    const rows = await this.#rows<{ start: unknown; severity_id: unknown; count: unknown }>(
      histogramQuery(caller.scope, tables, sought, seconds),
      signal,
    )
    const buckets = rows.map(({ start, severity_id, count }) => ({
      start: isoOf(Number(start)),
      severity_id: Number(severity_id),
      count: Number(count),
    }))
    return {
      buckets,
      bucket_seconds: seconds,
      total: buckets.reduce((sum, { count }) => sum + count, 0),
      took_ms: Math.round(this.#clock.monotonic() - started),
    }
  }

  /** The most frequent values of a field. */
  async values(caller: Caller, query: Sought & { field: EventField; limit: number }) {
    const sought = { ...rangeOf(query), filter: query.filter }
    const { tables } = await this.#tablesFor(caller.scope, query)
    const rows = await this.#rows<{ value: string; count: unknown }>(
      valuesQuery(caller.scope, tables, sought, query.field, query.limit),
    )
    return { values: rows.map(({ value, count }) => ({ value, count: Number(count) })) }
  }

  /** How many events of a range a scope sees. */
  async count(scope: Scope, range: Pick<Sought, 'from' | 'to'>): Promise<number> {
    const [row] = await this.#rows<{ count: unknown }>(countQuery(scope, rangeOf(range)))
    return Number(row?.count ?? 0)
  }

  /** Records of a range as they were received, newest first, page by page. */
  async records(
    scope: Scope,
    query: Pick<Sought, 'from' | 'to'> & Pick<PageQuery, 'limit' | 'cursor'>,
  ): Promise<Page<StoredRecord>> {
    const keys = await this.#keys(scope, query, undefined, 'stored')
    const shown = keys.slice(0, query.limit)
    const items: StoredRecord[] = []
    for (let from = 0; from < shown.length; from += keysAtOnce) {
      const some = shown.slice(from, from + keysAtOnce)
      const rows = await this.#rows<RecordRow>(recordsQuery(scope, some))
      items.push(...rows.map(storedRecordOf))
    }
    const last = shown.at(-1)
    const next = keys.length > query.limit && last ? encodeCursor([last.time, last.id]) : null
    return { items, next }
  }

  /** Throws Problem event.not-found, also where the caller may not know of it. */
  async get(caller: Caller, id: string): Promise<Event> {
    const [stored] = await this.#rows<WholeEventRow>(eventById(caller.scope, 'stored', id))
    const row = stored ?? (await this.#archived(caller.scope, id))
    if (!row) throw new Problem('event.not-found')
    return Event.parse(eventOfRow(row))
  }

  /** Reaches into the archive where the range does. */
  async #tablesFor(
    scope: Scope,
    range: Pick<Sought, 'from' | 'to'>,
  ): Promise<{ tables: Tables; archive: ArchiveReach | null }> {
    const { from, to } = rangeOf(range)
    const archive = await this.#reach(scope, from, to)
    return archive ? { tables: 'with-restored', archive } : { tables: 'stored', archive: null }
  }

  /** An event that lies only in the archive: its id tells when it was received. */
  async #archived(scope: Scope, id: string): Promise<WholeEventRow | undefined> {
    const received = receivedOf(id)
    const reach = await this.#reach(scope, received - nearby, received + nearby)
    if (!reach) return undefined
    const [row] = await this.#rows<WholeEventRow>(eventById(scope, 'with-restored', id))
    return row
  }

  async #keys(
    scope: Scope,
    query: Pick<PageQuery, 'limit' | 'cursor'> & Sought,
    signal: AbortSignal | undefined,
    tables: Tables,
  ): Promise<EventKey[]> {
    const after = keyOf(query.cursor)
    const { from, to } = rangeOf(query)
    // Times have milliseconds: what comes after the cursor is at most as new as it.
    let end = after ? Math.min(to, after.time + 1) : to
    let share = Math.max(1000, (end - from) * firstShare)
    const keys: EventKey[] = []
    while (end > from && keys.length <= query.limit) {
      const start = Math.max(from, Math.floor(end - share))
      const sought = { from: start, to: end, filter: query.filter }
      const wanted = query.limit + 1 - keys.length
      const rows = await this.#rows<{ at: unknown; id: string }>(
        keysQuery(scope, tables, sought, wanted, after),
        signal,
      )
      keys.push(...rows.map(({ at, id }) => ({ time: Number(at), id })))
      end = start
      share *= growth
    }
    return keys
  }

  async #bodies(
    scope: Scope,
    keys: readonly EventKey[],
    signal: AbortSignal | undefined,
    tables: Tables,
  ): Promise<{ items: Event[]; from_archive: string[] }> {
    const items: Event[] = []
    const from_archive: string[] = []
    for (let from = 0; from < keys.length; from += keysAtOnce) {
      const some = keys.slice(from, from + keysAtOnce)
      const rows = await this.#rows<WholeEventRow & { restored?: unknown }>(
        bodiesQuery(scope, tables, some),
        signal,
      )
      items.push(...rows.map((row) => Event.parse(eventOfRow(row))))
      from_archive.push(...rows.filter(({ restored }) => restored === 1).map(({ id }) => id))
    }
    return { items, from_archive }
  }

  async #rows<Row>({ sql, parameters }: EventQuery, signal?: AbortSignal): Promise<Row[]> {
    try {
      return await this.#events.query<Row>(sql, parameters, signal)
    } catch (error) {
      if (isTooBroad(error)) throw new Problem('event.search-too-broad')
      throw error
    }
  }
}

/** What of a page came from the archive, and how far the search reached into it. */
interface Archived {
  readonly from_archive: string[]
  readonly archive: ArchiveReach | null
}

/** An event as far as it takes to examine its record again. */
export interface StoredRecord {
  readonly id: string
  /** Milliseconds since the epoch, as `received`. */
  readonly time: number
  readonly received: number
  readonly parser: string
  readonly host: string
  readonly tlp_rank: number
  readonly message: string
  readonly raw_data: string
  readonly logsource: Logsource
}

interface RecordRow {
  readonly id: string
  readonly at: unknown
  readonly received: unknown
  readonly parser: string
  readonly host: string
  readonly tlp_rank: unknown
  readonly message: string
  readonly raw_data: string
  readonly logsource: string
}

function storedRecordOf({ at, received, tlp_rank, logsource, ...row }: RecordRow): StoredRecord {
  return {
    ...row,
    time: Number(at),
    received: Number(received),
    tlp_rank: Number(tlp_rank),
    logsource: logsource ? Logsource.parse(JSON.parse(logsource)) : {},
  }
}

function keyOf(cursor: string | undefined): EventKey | undefined {
  if (cursor === undefined) return undefined
  const [time, id] = decodeCursor(cursor, 2)
  if (typeof time !== 'number' || typeof id !== 'string') throw new Problem('cursor.invalid')
  return { time, id }
}

/** Milliseconds since the epoch at which an event was received, by the first 48 bits of its id. */
function receivedOf(id: string): number {
  return Number.parseInt(
    id
      .slice(id.indexOf('_') + 1)
      .replace('-', '')
      .slice(0, 12),
    16,
  )
}

/** ClickHouse codes 159 (time), 241 (memory) and 307 (bytes). */
function isTooBroad(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/TIMEOUT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|TOO_MANY_BYTES/.test(cause.message)) return true
    if ('code' in cause && ['159', '241', '307'].includes(String(cause.code))) return true
  }
  return false
}
