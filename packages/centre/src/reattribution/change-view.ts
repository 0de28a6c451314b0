import type {
  AttributionChange,
  AttributionStep,
  RangePreview,
} from '@haidang/contracts/attribution'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../modules/organisations/organisation-service.ts'
import type { SystemService } from '../modules/systems/system-service.ts'
import type { ChangeStore } from './change-store.ts'
import type { OwnerThen } from './change-tables.ts'

interface ViewParts {
  readonly database: Database
  readonly store: ChangeStore
  readonly systems: Pick<SystemService, 'find'>
  readonly organisations: Pick<OrganisationService, 'names'>
}

type Shown = RangePreview['moves'][number]['was']

/** What changed hands, as far as the caller may see. */
export class ChangeView {
  readonly #parts: ViewParts

  constructor(parts: ViewParts) {
    this.#parts = parts
  }

  changes(caller: Caller, query: PageQuery): Promise<Page<AttributionChange>> {
    const { database, store, systems } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      const count = await store.counts(
        tx,
        items.map(({ id }) => id),
      )
      const shown: AttributionChange[] = []
      for (const row of items) {
        const { id, system_id, cause, ranges, range_count, actor_name, state } = row
        const system = system_id === null ? undefined : await systems.find(tx, system_id)
        const part = row.total === 0 ? 0 : Math.floor((100 * row.examined) / row.total)
        shown.push({
          id,
          system_id,
          system_name: system?.name ?? null,
          cause,
          ranges,
          range_count,
          actor_name,
          state,
          progress: state === 'done' ? 100 : Math.min(part, 99),
          alerts: count(id, 'alert'),
          incidents: count(id, 'incident'),
          created_at: row.created_at,
          ended_at: row.ended_at,
        })
      }
      return { items: shown, next }
    })
  }

  /** Throws Problem attribution-change.not-found, also where the caller may not know of it. */
  steps(caller: Caller, changeId: string, query: PageQuery): Promise<Page<AttributionStep>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.steps(tx, changeId, query)
      if (items.length === 0 && !(await store.get(tx, changeId))) {
        throw new Problem('attribution-change.not-found')
      }
      const named = this.namer(tx)
      const shown: AttributionStep[] = []
      for (const { id, kind, subject_id, was, is_now, at } of items) {
        shown.push({ id, kind, subject_id, at, was: await named(was), is: await named(is_now) })
      }
      return { items: shown, next }
    })
  }

  /** Names systems and their owners, each asked for once; null where the scope does not show it. */
  namer(tx: Tx): (owner: OwnerThen | null) => Promise<Shown> {
    const { systems, organisations } = this.#parts
    const known = new Map<string, Shown>()
    const read = async ({ system_id, owner_id, owner_range }: OwnerThen): Promise<Shown> => {
      const system = await systems.find(tx, system_id)
      const names = await organisations.names(tx, [owner_id])
      return {
        system_id,
        system_name: system?.name ?? null,
        organisation_id: owner_id,
        organisation_name: names.get(owner_id) ?? null,
        range: owner_range,
      }
    }
    return async (owner) => {
      if (!owner) return null
      const key = `${owner.system_id} ${owner.owner_id} ${owner.owner_range}`
      const found = known.get(key) ?? (await read(owner))
      known.set(key, found)
      return found
    }
  }
}
