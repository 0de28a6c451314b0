import { mostViews, type SavedView, type SavedViewDraft } from '@haidang/contracts/saved-view'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { personIdOf } from '../../signed-in.ts'
import type { ReadView, Viewer, ViewStore } from './view-store.ts'
import type { SavedViewRow } from './view-tables.ts'

interface ViewParts {
  readonly database: Database
  readonly store: ViewStore
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

type Change = {
  readonly [K in Exclude<keyof SavedViewDraft, 'page'>]?: SavedViewDraft[K] | undefined
}

/** Lists as people filtered and named them. Throws Problem session.required for an API key. */
export class ViewService {
  readonly #parts: ViewParts

  constructor(parts: ViewParts) {
    this.#parts = parts
  }

  list(caller: Caller, page: string): Promise<SavedView[]> {
    const { database, store } = this.#parts
    const viewer = viewerOf(caller)
    return database.transact(caller.scope, async (tx) => {
      const rows = await store.list(tx, viewer, page)
      return rows.map((row) => shown(row, viewer))
    })
  }

  /** Throws Problem saved-view.exists (of that name), saved-view.too-many. */
  create(caller: Caller, draft: SavedViewDraft): Promise<SavedView> {
    const { store, newId, clock } = this.#parts
    const viewer = viewerOf(caller)
    return this.#written(caller, async (tx) => {
      if ((await store.countOf(tx, viewer, draft.page)) >= mostViews) {
        throw new Problem('saved-view.too-many')
      }
      const row: SavedViewRow = {
        id: newId('savedView'),
        ...viewer,
        ...draft,
        person_name: caller.scope.actor.name,
        updated_at: clock.iso(),
      }
      await store.add(tx, row)
      await this.#journal(tx, caller, 'saved-view.saved', undefined, row)
      return shown({ ...row, start: false }, viewer)
    })
  }

  /** Throws Problem saved-view.not-found, saved-view.not-yours, saved-view.exists. */
  change(caller: Caller, id: string, change: Change): Promise<SavedView> {
    const { store, clock } = this.#parts
    const viewer = viewerOf(caller)
    return this.#written(caller, async (tx) => {
      const { start, ...before } = own(await store.get(tx, viewer, id), viewer)
      const after: SavedViewRow = {
        ...before,
        name: change.name ?? before.name,
        search: change.search ?? before.search,
        shared: change.shared ?? before.shared,
        updated_at: clock.iso(),
      }
      await store.replace(tx, after)
      if (!after.shared) await store.endOthersStart(tx, viewer, id)
      await this.#journal(tx, caller, 'saved-view.changed', before, after)
      return shown({ ...after, start }, viewer)
    })
  }

  /** Throws Problem saved-view.not-found. */
  start(caller: Caller, id: string, start: boolean): Promise<SavedView> {
    const { database, store } = this.#parts
    const viewer = viewerOf(caller)
    return database.transact(caller.scope, async (tx) => {
      const row = found(await store.get(tx, viewer, id))
      if (start) await store.begin(tx, viewer, row)
      else await store.endStart(tx, viewer, id)
      return shown({ ...row, start }, viewer)
    })
  }

  /** Throws Problem saved-view.not-found, saved-view.not-yours. */
  remove(caller: Caller, id: string): Promise<void> {
    const { database, store } = this.#parts
    const viewer = viewerOf(caller)
    return database.transact(caller.scope, async (tx) => {
      const { start: _, ...before } = own(await store.get(tx, viewer, id), viewer)
      await store.remove(tx, id)
      await this.#journal(tx, caller, 'saved-view.removed', before, undefined)
    })
  }

  async #written<T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.#parts.database.transact(caller.scope, work)
    } catch (error) {
      throw violates(error, 'saved_view_name') ? new Problem('saved-view.exists') : error
    }
  }

  async #journal(
    tx: Tx,
    { scope, organisation_id }: Caller,
    type: 'saved-view.saved' | 'saved-view.changed' | 'saved-view.removed',
    before: SavedViewRow | undefined,
    after: SavedViewRow | undefined,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id,
      actor: scope.actor,
      authority: 'signed-in',
      subject: (after ?? before)?.id ?? '',
      before: before && kept(before),
      after: after && kept(after),
    })
  }
}

function viewerOf(caller: Caller): Viewer {
  return { person_id: personIdOf(caller), organisation_id: caller.organisation_id }
}

function found(row: ReadView | undefined): ReadView {
  if (!row) throw new Problem('saved-view.not-found')
  return row
}

function own(row: ReadView | undefined, { person_id }: Viewer): ReadView {
  const view = found(row)
  if (view.person_id !== person_id) throw new Problem('saved-view.not-yours')
  return view
}

function shown({ person_id, organisation_id: _, ...view }: ReadView, viewer: Viewer): SavedView {
  return { ...view, own: person_id === viewer.person_id }
}

function kept({ page, name, search, shared }: SavedViewRow) {
  return { page, name, search, shared }
}
