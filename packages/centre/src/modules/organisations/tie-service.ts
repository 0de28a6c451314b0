import type { OrganisationTie, TieDraft, TreeNode } from '@haidang/contracts/organisation-tie'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { vietnamDate } from '../../vietnam-date.ts'
import type { OrganisationService } from './organisation-service.ts'
import type { OrganisationStore } from './organisation-store.ts'
import { deepest, type TieStore } from './tie-store.ts'
import type { TieRow } from './tie-tables.ts'

interface TieParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: TieStore
  readonly tree: Pick<OrganisationStore, 'tree'>
  readonly organisations: OrganisationService
}

type Change = {
  readonly valid_from?: string | null | undefined
  readonly valid_to?: string | null | undefined
  readonly basis?: string | undefined
}

/** Mandates one organisation has at a time. */
const sole = new Set(['national_coordinator'])

/** Whom an organisation is under and what it is in the network, from day to day; never in a ring. */
export class TieService {
  readonly #parts: TieParts

  constructor(parts: TieParts) {
    this.#parts = parts
  }

  /** Throws Problem organisation.not-found. */
  list(caller: Caller, organisationId: string): Promise<{ ties: OrganisationTie[] }> {
    const { database, organisations, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await organisations.require(tx, organisationId)
      return { ties: await this.#named(tx, await store.list(tx, organisationId)) }
    })
  }

  /** One page of those directly under an organisation on a day; today unless told. */
  tree(
    caller: Caller,
    {
      under,
      on,
      ...query
    }: PageQuery & { readonly under?: string | undefined; readonly on?: string | undefined },
  ): Promise<Page<TreeNode>> {
    const { database, tree, clock } = this.#parts
    const day = on ?? vietnamDate(clock.now())
    return database.transact(caller.scope, (tx) =>
      tree.tree(tx, query, under, { day, now: clock.iso() }),
    )
  }

  /**
   * Throws Problem organisation.not-found, organisation.circular (naming the chain), organisation.too-deep,
   * tie.overlaps, request.invalid (days), permission.missing (a caller bound to one organisation).
   */
  add(caller: Caller, organisationId: string, draft: TieDraft): Promise<OrganisationTie> {
    return this.#changing(caller, organisationId, async (tx) => {
      const { kind, valid_from, valid_to, basis } = draft
      const row: TieRow = {
        id: this.#parts.newId('tie'),
        organisation_id: organisationId,
        kind,
        parent_id: draft.kind === 'parent' ? draft.parent_id : null,
        mandate: draft.kind === 'mandate' ? draft.mandate : null,
        valid_from,
        valid_to,
        basis,
      }
      if (row.parent_id) await this.#parts.organisations.require(tx, row.parent_id)
      await this.#requireFree(tx, row)
      await this.#parts.store.add(tx, row)
      return { before: undefined, after: row }
    })
  }

  /** Changes days or basis. Throws Problem tie.not-found and as `add`. */
  change(
    caller: Caller,
    { id, tie }: { readonly id: string; readonly tie: string },
    change: Change,
  ): Promise<OrganisationTie> {
    return this.#changing(caller, id, async (tx) => {
      const before = await this.#parts.store.get(tx, id, tie)
      if (!before) throw new Problem('tie.not-found')
      const { valid_from = before.valid_from, valid_to = before.valid_to } = change
      const after = { ...before, valid_from, valid_to, basis: change.basis ?? before.basis }
      await this.#requireFree(tx, after)
      await this.#parts.store.replace(tx, after)
      return { before, after }
    })
  }

  /** Removes a tie. Throws Problem tie.not-found, permission.missing. */
  async remove(
    caller: Caller,
    { id, tie }: { readonly id: string; readonly tie: string },
  ): Promise<Record<string, never>> {
    const { database, store, organisations } = this.#parts
    requireNodeScope(caller)
    await database.transact(caller.scope, async (tx) => {
      await organisations.require(tx, id)
      const before = await store.get(tx, id, tie)
      if (!before) throw new Problem('tie.not-found')
      await store.remove(tx, tie)
      await this.#journal(tx, caller, { before, after: undefined })
    })
    return {}
  }

  async #changing(
    caller: Caller,
    organisationId: string,
    work: (tx: Tx) => Promise<{ readonly before: TieRow | undefined; readonly after: TieRow }>,
  ): Promise<OrganisationTie> {
    const { database, store, organisations } = this.#parts
    // Also where the caller may not: what is not theirs to know of is not there.
    await database.transact(caller.scope, (tx) => organisations.require(tx, organisationId))
    requireNodeScope(caller)
    return database.transact(caller.scope, async (tx) => {
      await store.lockTree(tx)
      const { before, after } = await work(tx)
      await this.#journal(tx, caller, { before, after })
      const [named] = await this.#named(tx, [after])
      if (!named) throw new Error('a tie was not named')
      return named
    })
  }

  async #requireFree(tx: Tx, row: TieRow): Promise<void> {
    const { store } = this.#parts
    const { valid_from, valid_to, mandate } = row
    if (valid_from && valid_to && valid_to < valid_from) {
      throw new Problem('request.invalid', 'it ends before it begins', [
        { field: 'valid_to', cause: 'before the first day', remedy: 'a day not before it' },
      ])
    }
    const other = await store.overlapping(tx, row)
    if (other) throw new Problem('tie.overlaps', daysOf(other))
    if (mandate && sole.has(mandate)) {
      const holder = await store.holder(tx, mandate, row)
      const names = await this.#names(tx, holder ? [holder.organisation_id] : [])
      if (holder) {
        throw new Problem('tie.overlaps', `${[...names.values()].join()}: ${daysOf(holder)}`)
      }
    }
    if (row.parent_id) await this.#requireTree(tx, row, row.parent_id)
  }

  async #requireTree(tx: Tx, row: TieRow, parentId: string): Promise<void> {
    const { store } = this.#parts
    const own = row.organisation_id
    const ways = await store.waysUp(tx, parentId, own, row)
    const ring = ways.find((way) => way.at(-1) === own)
    if (ring) {
      const names = await this.#names(tx, [own, ...ring])
      const chain = [own, ...ring].map((id) => names.get(id) ?? id).join(' → ')
      throw new Problem('organisation.circular', chain)
    }
    const above = Math.max(...ways.map(({ length }) => length))
    const below = await store.depthBelow(tx, own, row)
    if (above + below + 1 > deepest) {
      throw new Problem('organisation.too-deep', `at most ${deepest} levels`)
    }
  }

  #journal(
    tx: Tx,
    { scope }: Caller,
    { before, after }: { readonly before: TieRow | undefined; readonly after: TieRow | undefined },
  ) {
    const { organisation_id, parent_id } = (after ?? before) as TieRow
    return this.#parts.journal.append(tx, {
      type: after ? 'organisation.tied' : 'organisation.untied',
      organisation_id,
      actor: scope.actor,
      authority: 'organisation.manage',
      subject: organisation_id,
      related: parent_id ? [parent_id] : [],
      before,
      after,
    })
  }

  /** Whom an organisation is under is told to whoever sees the organisation, by name. */
  #names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#parts.organisations.namesOfAny(tx, ids)
  }

  async #named(tx: Tx, rows: readonly TieRow[]): Promise<OrganisationTie[]> {
    const names = await this.#names(
      tx,
      rows.flatMap(({ parent_id }) => parent_id ?? []),
    )
    return rows.map((row) => ({ ...row, parent_name: names.get(row.parent_id ?? '') ?? '' }))
  }
}

function requireNodeScope({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem('permission.missing', 'only a role of scope node changes ties')
}

function daysOf({ valid_from, valid_to }: TieRow): string {
  return `${valid_from ?? '…'} – ${valid_to ?? '…'}`
}
