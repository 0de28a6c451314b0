import { isDeepStrictEqual } from 'node:util'
import type { Organisation } from '@haidang/contracts/organisation'
import type {
  OrganisationChange,
  OrganisationRequest,
} from '@haidang/contracts/organisation-request'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { RequestStore } from './request-store.ts'
import type { RequestRow } from './request-tables.ts'

interface RequestParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: RequestStore
  readonly organisations: OrganisationService
}

interface Decision {
  readonly verdict: 'approved' | 'refused'
  readonly amended?: OrganisationChange | undefined
  readonly reason: string
}

const asked = ['name', 'kind', 'sectors', 'unit', 'address', 'website'] as const
const mostOpen = 10

/** Organisations ask for changes of what the register says of them; the coordinator decides. */
export class RequestService {
  readonly #parts: RequestParts

  constructor(parts: RequestParts) {
    this.#parts = parts
  }

  /** One page of the requests the caller may see. */
  list(caller: Caller, query: PageQuery): Promise<Page<OrganisationRequest>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await this.#named(tx, items), next }
    })
  }

  /** Throws Problem organisation.not-found, request.invalid (changes nothing; unit; too many wait). */
  ask(
    caller: Caller,
    organisationId: string,
    { change, reason }: { readonly change: OrganisationChange; readonly reason: string },
  ): Promise<OrganisationRequest> {
    const { database, store, organisations, clock, newId } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const now = await organisations.lock(tx, organisationId)
      if ((await store.countOpen(tx, organisationId)) >= mostOpen) {
        throw new Problem('request.invalid', `${mostOpen} requests wait already`)
      }
      const read = await organisations.readChange(tx, change)
      const { before, after } = differing(now, read)
      if (Object.keys(after).length === 0) {
        throw new Problem('request.invalid', 'it changes nothing', [
          { field: 'change', cause: 'as it is already', remedy: 'another value' },
        ])
      }
      const { actor } = caller.scope
      const row: RequestRow = {
        ...{ id: newId('request'), organisation_id: organisationId, state: 'open' },
        ...{ before, asked: after, kept: null, reason },
        ...{ asked_by_id: actor.id, asked_by: actor.name, asked_at: clock.iso() },
        ...{ decision: '', decided_by: '', decided_at: null },
      }
      await store.add(tx, row)
      await this.#journal(tx, caller, 'organisation.change-asked', row, before, after)
      return this.#one(tx, row)
    })
  }

  /** Throws Problem organisation-request.not-found, organisation-request.decided, organisation-request.own, request.invalid. */
  decide(caller: Caller, id: string, decision: Decision): Promise<OrganisationRequest> {
    const { database, store, organisations, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.lock(tx, id)
      if (!row) throw new Problem('organisation-request.not-found')
      if (row.state !== 'open') throw new Problem('organisation-request.decided')
      const { actor } = caller.scope
      if (row.asked_by_id === actor.id) throw new Problem('organisation-request.own')
      const kept = await this.#keptBy(tx, row, decision)
      if (kept) await organisations.change(tx, actor, row.organisation_id, kept)
      const isAmended = kept !== null && !isDeepStrictEqual(kept, row.asked)
      const after: RequestRow = {
        ...{ ...row, kept, state: isAmended ? 'amended' : decision.verdict },
        ...{ decision: decision.reason, decided_by: actor.name, decided_at: clock.iso() },
      }
      await store.replace(tx, after)
      await this.#journal(tx, caller, 'organisation.change-decided', after, row.asked, kept)
      return this.#one(tx, after)
    })
  }

  async #keptBy(tx: Tx, row: RequestRow, { verdict, amended }: Decision) {
    if (verdict === 'refused') return null
    return amended ? await this.#parts.organisations.readChange(tx, amended) : row.asked
  }

  #journal(
    tx: Tx,
    { scope }: Caller,
    type: 'organisation.change-asked' | 'organisation.change-decided',
    { id, organisation_id, reason, decision }: RequestRow,
    before: unknown,
    after: unknown,
  ) {
    const isAsked = type === 'organisation.change-asked'
    return this.#parts.journal.append(tx, {
      ...{ type, organisation_id, actor: scope.actor, subject: organisation_id, related: [id] },
      authority: isAsked ? 'organisation.propose' : 'organisation.manage',
      ...{ reason: isAsked ? reason : decision, before, after },
    })
  }

  async #one(tx: Tx, row: RequestRow): Promise<OrganisationRequest> {
    const [named] = await this.#named(tx, [row])
    if (!named) throw new Error('a request was not named')
    return named
  }

  async #named(tx: Tx, rows: readonly RequestRow[]): Promise<OrganisationRequest[]> {
    const ids = rows.map(({ organisation_id }) => organisation_id)
    const names = await this.#parts.organisations.names(tx, ids)
    return rows.map(({ before, asked: wanted, kept, asked_by_id: _, ...row }) => ({
      ...row,
      organisation_name: names.get(row.organisation_id) ?? '',
      differences: asked
        .filter((field) => wanted[field] !== undefined || kept?.[field] !== undefined)
        .map((field) => ({
          ...{ field, before: before[field] ?? '', asked: wanted[field] ?? before[field] ?? '' },
          kept: kept?.[field] ?? null,
        })),
    }))
  }
}

/** What a change says that is not so already. */
function differing(now: Organisation, change: OrganisationChange) {
  const names = asked.filter(
    (name) => change[name] !== undefined && !isDeepStrictEqual(change[name], now[name]),
  )
  const pick = (from: OrganisationChange): OrganisationChange =>
    Object.fromEntries(names.map((name) => [name, from[name]]))
  return { before: pick(now), after: pick(change) }
}
