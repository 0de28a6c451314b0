import type { Page, PageQuery } from '@haidang/contracts/page'
import type { RecordFormat } from '@haidang/contracts/record-format'
import type {
  RejectBytes,
  RejectChoice,
  RejectReading,
  RejectReplay,
} from '@haidang/contracts/reject-replay'
import type { Reject } from '@haidang/contracts/source'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { SourceBook } from '../collect/source-book.ts'
import type { RejectStore } from '../keep/reject-store.ts'
import type { ReplayStore } from '../keep/replay-store.ts'
import type { RejectRow } from '../keep/station-tables.ts'
import { toEvent } from '../normalise/to-event.ts'
import { recordOf } from './reject-replayer.ts'

export interface RejectServiceParts {
  readonly database: Database
  readonly store: RejectStore
  readonly replays: ReplayStore
  readonly blobs: Blobs
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly book: SourceBook
  readonly node: { readonly id: string; readonly simulated: boolean }
  /** There is a new replay. */
  readonly wake: () => void
}

const longestShown = 65_536
/** Bytes of the records that one preview reads. */
const mostPreviewed = 1_048_576

/** Records that could not be parsed: listed, looked at, and parsed again after a parser learned to read them. */
export class RejectService {
  readonly #parts: RejectServiceParts

  constructor(parts: RejectServiceParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Reject>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, (tx) => store.list(tx, query))
  }

  /** One with its bytes. Throws Problem reject.not-found. */
  async get(caller: Caller, id: string): Promise<RejectBytes> {
    const { database, store } = this.#parts
    const [row] = await database.transact(caller.scope, (tx) => store.rows(tx, [id]))
    if (!row) throw new Problem('reject.not-found', id)
    const body = (await this.#bodyOf(row)) ?? new Uint8Array()
    const first = Buffer.from(body.subarray(0, longestShown))
    return { reject: store.shown(row), base64: first.toString('base64'), kept: body.length }
  }

  /** What rejects would become, read as `format` or as their source says now; in order of their ids. */
  async preview(
    caller: Caller,
    ids: readonly string[],
    format: RecordFormat | undefined,
  ): Promise<RejectReading[]> {
    const { database, store, book, node } = this.#parts
    const rows = await database.transact(caller.scope, (tx) => store.rows(tx, ids))
    const readings: RejectReading[] = []
    let bytes = 0
    for (const row of rows) {
      const body = await this.#bodyOf(row)
      bytes += body?.length ?? 0
      if (!body || bytes > mostPreviewed) continue
      const read = toEvent(recordOf(row, body), {
        organisation_id: row.organisation_id,
        node_id: node.id,
        simulated: node.simulated,
        sources: book.lineAs(format),
      })
      readings.push(
        read.ok
          ? { id: row.id, event: read.event, reason: null, detail: '' }
          : { id: row.id, event: null, reason: read.reason, detail: read.detail },
      )
    }
    return readings
  }

  /** Begins to parse the chosen rejects again, after those that were begun before. */
  async replay(
    caller: Caller,
    choice: RejectChoice,
    format: RecordFormat | undefined,
  ): Promise<RejectReplay> {
    const { database, store, replays, journal, newId, clock, wake } = this.#parts
    const id = newId('replay')
    const replay = await database.transact(caller.scope, async (tx) => {
      const { total, last } = await store.countWaiting(tx, choice)
      await replays.add(tx, {
        id,
        organisation_id: caller.organisation_id,
        scope: caller.scope,
        choice,
        format: format ?? null,
        state: 'running',
        total,
        done: 0,
        events: 0,
        after_id: '',
        last_id: last,
        problem: null,
        created_at: clock.iso(),
        ended_at: null,
      })
      await journal.append(tx, {
        type: 'rejects.replayed',
        organisation_id: caller.organisation_id,
        actor: caller.scope.actor,
        authority: 'source.manage',
        subject: choice.source_id ?? 'rejects',
        after: { ...choice, replay: id, total, ...(format && { format }) },
      })
      return replays.find(tx, id)
    })
    wake()
    if (!replay) throw new Problem('reject.replay-not-found', id)
    return replay
  }

  /** Newest first. */
  listReplays(caller: Caller, query: PageQuery): Promise<Page<RejectReplay>> {
    const { database, replays } = this.#parts
    return database.transact(caller.scope, (tx) => replays.list(tx, query))
  }

  /** Throws Problem reject.replay-not-found. */
  async findReplay(caller: Caller, id: string): Promise<RejectReplay> {
    const { database, replays } = this.#parts
    const replay = await database.transact(caller.scope, (tx) => replays.find(tx, id))
    if (!replay) throw new Problem('reject.replay-not-found', id)
    return replay
  }

  /** Ends it after the step in hand; what became events stays so. Throws Problem reject.replay-not-found. */
  async stopReplay(caller: Caller, id: string): Promise<RejectReplay> {
    const { database, replays, clock } = this.#parts
    await database.transact(caller.scope, (tx) => replays.stop(tx, id, clock.iso()))
    return this.findReplay(caller, id)
  }

  async #bodyOf(row: RejectRow): Promise<Uint8Array | undefined> {
    return row.body ?? (row.blob === null ? undefined : await this.#parts.blobs.get(row.blob))
  }
}
