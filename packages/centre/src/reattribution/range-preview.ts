import type { RangePlan, RangePreview } from '@haidang/contracts/attribution'
import type { Caller } from '@haidang/runtime/caller'
import type { Database } from '@haidang/runtime/database/database'
import { portions } from '@haidang/runtime/database/portions'
import type { AlertOwnerStore, OwnableAlert, Owned } from '../modules/alerts/alert-owner-store.ts'
import type { AttributionService } from '../modules/attribution/attribution-service.ts'
import type { RangeService } from '../modules/attribution/range-service.ts'
import { claimOf } from '../modules/attribution/range-view.ts'
import type { ClusterOwnerStore } from '../modules/correlation/cluster-owner-store.ts'
import type { OwnerThen } from './change-tables.ts'
import type { ChangeView } from './change-view.ts'
import { isSame, type Of, ownerOf } from './whose.ts'

interface PreviewParts {
  readonly database: Database
  readonly attribution: AttributionService
  readonly alerts: AlertOwnerStore
  readonly clusters: ClusterOwnerStore
  readonly view: ChangeView
}

/** Alerts looked at before somebody who waits is answered, the newest first. */
const most = 100_000
const mostMoves = 20
const step = 2_000

/** What a change of ranges would do to what is stored, before anybody saves it. */
export class RangePreviewService {
  readonly #parts: PreviewParts

  constructor(parts: PreviewParts) {
    this.#parts = parts
  }

  /** Counts what the caller may see, and only that. Throws Problem as the change itself would. */
  async preview(
    ranges: RangeService,
    caller: Caller,
    systemId: string,
    asked: RangePlan,
  ): Promise<RangePreview> {
    const { database, attribution, alerts, clusters, view } = this.#parts
    const planned = await ranges.plan(caller, systemId, asked)
    const change = { removed: planned.removed.map(claimOf), added: planned.added.map(claimOf) }
    const all = [...change.removed, ...change.added]
    const seconds = {
      from: Math.min(...all.map(({ from }) => from)),
      until: Math.max(...all.map(({ until }) => until)),
    }
    return database.transact(caller.scope, async (tx) => {
      const found = all.length === 0 ? [] : await alerts.newest(tx, seconds, most + 1)
      const looked = found.slice(0, most)
      const moved: Move[] = []
      for (const some of portions(looked, step)) {
        moved.push(...(await attribution.supposing(change, (of) => moves(some, of))))
      }
      const groups = Map.groupBy(moved, ({ was, now }) => `${keyOf(was)} ${keyOf(now)}`)
      const largest = [...groups.values()].toSorted((a, b) => b.length - a.length)
      const named = view.namer(tx)
      const told: RangePreview['moves'] = []
      for (const group of largest.slice(0, mostMoves)) {
        const [was, is] = [thenOf(group[0]?.was), thenOf(group[0]?.now)]
        told.push({ was: await named(was), is: await named(is), alerts: group.length })
      }
      const ids = new Set(moved.flatMap(({ cluster_id }) => cluster_id ?? []))
      return {
        alerts: moved.length,
        incidents: await clusters.incidents(tx, [...ids]),
        examined: looked.length,
        whole: found.length <= most,
        moves: told,
      }
    })
  }
}

interface Move {
  readonly cluster_id: string | null
  readonly was: Owned
  readonly now: Owned
}

function moves(alerts: readonly OwnableAlert[], of: Of): Move[] {
  return alerts.flatMap((was) => {
    const now = ownerOf(was, of)
    return isSame(was, now) ? [] : [{ cluster_id: was.cluster_id, was, now }]
  })
}

function keyOf({ system_id, owner_range }: Owned): string {
  return `${system_id ?? ''}/${owner_range ?? ''}`
}

function thenOf(owned: Owned | undefined): OwnerThen | null {
  const { system_id, owner_id, owner_range } = owned ?? {}
  return system_id && owner_id && owner_range ? { system_id, owner_id, owner_range } : null
}
