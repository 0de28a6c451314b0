import type { Doubt, DoubtDraft } from '@haidang/contracts/doubt'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { requireWholeNode } from '../../signed-in.ts'
import type { DoubtStore } from './doubt-store.ts'
import type { DoubtRow } from './doubt-tables.ts'

/** Throws Problem station.not-found, also where the scope hides it. */
interface KnownStations {
  get(tx: Tx, id: string): Promise<{ readonly node_id: string; readonly organisation_id: string }>
}

interface DoubtParts {
  readonly database: Database
  readonly store: DoubtStore
  readonly stations: KnownStations
  readonly journal: Journal
  /** Alerts in a span, as far as the scope of the transaction shows them, counted up to `most`. */
  readonly alerts: (tx: Tx, span: DoubtRow, most: number) => Promise<number>
  readonly clock: Clock
  readonly newId: NewId
}

const mostCounted = 10_000

/** What a station told in a span may be marked as doubtful, and the mark taken back; what it told stays as it is. */
export class DoubtService {
  readonly #parts: DoubtParts

  constructor(parts: DoubtParts) {
    this.#parts = parts
  }

  /** Newest first. Throws Problem station.not-found. */
  list({ scope }: Caller, stationId: string, query: PageQuery): Promise<Page<Doubt>> {
    const { database, stations, store } = this.#parts
    return database.transact(scope, async (tx) => {
      await stations.get(tx, stationId)
      const { items, next } = await store.list(tx, stationId, query)
      const shown: Doubt[] = []
      for (const row of items) shown.push(await this.#shown(tx, row))
      return { items: shown, next }
    })
  }

  /**
   * Marks a span; whoever belongs to the station does not judge it. Throws Problem station.not-found or
   * permission.missing.
   */
  mark(caller: Caller, stationId: string, draft: DoubtDraft): Promise<Doubt> {
    requireWholeNode(caller)
    const { database, stations, store, clock, newId } = this.#parts
    const { scope } = caller
    return database.transact(scope, async (tx) => {
      const { node_id, organisation_id } = await stations.get(tx, stationId)
      const row: DoubtRow = {
        ...draft,
        id: newId('doubt'),
        station_id: stationId,
        node_id,
        organisation_id,
        created_at: clock.iso(),
        created_by: scope.actor.name,
        lifted_at: null,
        lifted_by: '',
        lifted_reason: '',
      }
      await store.add(tx, row)
      await this.#parts.journal.append(tx, {
        type: 'station.data-doubted',
        organisation_id,
        actor: scope.actor,
        authority: 'station.manage',
        subject: stationId,
        related: [row.id],
        reason: draft.reason,
        after: draft,
      })
      return this.#shown(tx, row)
    })
  }

  /** Takes a mark back; lifted already, it stays as it is. Throws Problem doubt.not-found or permission.missing. */
  lift(caller: Caller, id: string, reason: string): Promise<Doubt> {
    requireWholeNode(caller)
    const { database, store, clock, journal } = this.#parts
    const { scope } = caller
    return database.transact(scope, async (tx) => {
      const row = await store.get(tx, id)
      if (!row) throw new Problem('doubt.not-found', id)
      const lifting = {
        lifted_at: clock.iso(),
        lifted_by: scope.actor.name,
        lifted_reason: reason,
      }
      if (!(await store.lift(tx, id, lifting))) return this.#shown(tx, row)
      await journal.append(tx, {
        type: 'station.doubt-lifted',
        organisation_id: row.organisation_id,
        reason,
        actor: scope.actor,
        authority: 'station.manage',
        subject: row.station_id,
        related: [id],
        before: row,
        after: { ...row, ...lifting },
      })
      return this.#shown(tx, { ...row, ...lifting })
    })
  }

  async #shown(tx: Tx, row: DoubtRow): Promise<Doubt> {
    const { node_id: _, organisation_id: __, ...doubt } = row
    return { ...doubt, alerts: await this.#parts.alerts(tx, row, mostCounted) }
  }
}
