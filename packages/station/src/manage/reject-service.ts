import { createHash } from 'node:crypto'
import { eventTable } from '@haidang/contracts/event-columns'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Reject } from '@haidang/contracts/source'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import type { Journal } from '@haidang/runtime/journal'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import type { Examined } from '../detect/examine-chunk.ts'
import type { StationPorts } from '../keep/keep-range.ts'
import type { LineStore } from '../keep/line-store.ts'
import type { RejectChoice, RejectStore } from '../keep/reject-store.ts'
import type { RejectRow } from '../keep/station-tables.ts'

export interface RejectServiceParts {
  readonly database: Database
  readonly store: RejectStore
  readonly lines: LineStore
  readonly blobs: Blobs
  readonly events: EventStore
  readonly journal: Journal
  readonly ports: StationPorts
  readonly clock: Clock
  /** Parses and detects, as the line does. */
  readonly examine: (records: readonly SpoolRecord[]) => Promise<Examined>
}

const together = 200

/** Records that could not be parsed: listed, and parsed again after a parser learned to read them. */
export class RejectService {
  readonly #parts: RejectServiceParts
  #replaying: Promise<unknown> = Promise.resolve()

  constructor(parts: RejectServiceParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Reject>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, (tx) => store.list(tx, query))
  }

  /**
   * Parses the chosen rejects again. Ids derive from the place a record first had, and each record is
   * inserted under a token of its own, so that doing it twice, or being killed half-way, changes nothing.
   * Rules and indicators meet them; detections that remember do not, for their memory follows the line alone.
   */
  replay(
    caller: Caller,
    choice: RejectChoice,
  ): Promise<{ replayed: number; still_rejected: number }> {
    const replaying = this.#replaying.then(() => this.#replay(caller, choice))
    this.#replaying = replaying.catch(() => undefined)
    return replaying
  }

  async #replay(caller: Caller, choice: RejectChoice) {
    const { database, store, journal } = this.#parts
    const done = { replayed: 0, still_rejected: 0 }
    for (let after = ''; ; ) {
      const rows = await database.transact(caller.scope, (tx) =>
        store.waiting(tx, choice, after, together),
      )
      for (const row of rows) {
        if (await this.#replayOne(row)) done.replayed++
        else done.still_rejected++
      }
      const last = rows.at(-1)
      if (!last || rows.length < together) break
      after = last.id
    }
    await database.transact(caller.scope, (tx) =>
      journal.append(tx, {
        type: 'rejects.replayed',
        organisation_id: caller.organisation_id,
        actor: caller.scope.actor,
        authority: 'source.manage',
        subject: choice.source_id ?? 'rejects',
        after: { ...choice, ...done },
      }),
    )
    return done
  }

  async #replayOne(row: RejectRow): Promise<boolean> {
    const { database, store, lines, events, ports, clock, examine } = this.#parts
    const record = await this.#recordOf(row)
    if (!record) return false
    const examined = await examine([record])
    if (examined.events === 0) return false
    await events.insert(eventTable, examined.rows, tokenOf(row.id, examined.rows))
    // Alerts reach every module: the node acts, for a caller who may see the reject.
    await database.transact(systemScope, async (tx) => {
      const fresh = await store.markReplayed(tx, [row.id], clock.iso())
      if (!fresh.has(row.id)) return
      if (examined.alerts.length > 0) await ports.onAlerts(tx, examined.alerts)
      const tally = { parsed: 1, rejected: -1, bytes: 0, lastTime: record.receivedAt }
      await lines.count(tx, row.organisation_id, row.source_id, tally)
    })
    return true
  }

  async #recordOf(row: RejectRow): Promise<SpoolRecord | undefined> {
    const body = row.body ?? (row.blob === null ? undefined : await this.#parts.blobs.get(row.blob))
    return (
      body && {
        position: { segment: row.segment, offset: row.offset },
        origin: row.origin,
        key: undefined,
        receivedAt: millisecondsOf(row.received_time),
        body,
      }
    )
  }
}

/** The same event under the same token; another reading of the record (a newer parser) is another insert. */
function tokenOf(rejectId: string, rows: Uint8Array): string {
  return `reject:${rejectId}:${createHash('sha256').update(rows).digest('hex').slice(0, 16)}`
}
