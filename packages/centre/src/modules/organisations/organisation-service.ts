import { type AdministrativeUnit, unitNamed } from '@haidang/contracts/administrative-unit'
import type { MembershipState } from '@haidang/contracts/membership-state'
import type {
  Organisation,
  OrganisationDraft,
  OrganisationKind,
  OrganisationSummary,
} from '@haidang/contracts/organisation'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { vietnamDate } from '../../vietnam-date.ts'
import type { OrganisationStore } from './organisation-store.ts'

interface OrganisationParts {
  readonly database: Database
  readonly store: OrganisationStore
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** Whether this node shows invented organisations only (demonstration). */
  readonly simulated: boolean
  /** Provincial units, former ones too, as the rules in force name them. */
  readonly units: (tx: Tx) => Promise<readonly AdministrativeUnit[]>
}

/** What another node says of an organisation it names to us. */
type Namesake = Pick<Organisation, 'id' | 'code' | 'name' | 'kind' | 'simulated'>

/** Who belongs to the network: ministries, provinces, providers and the node's own organisation. */
export class OrganisationService {
  readonly #parts: OrganisationParts

  constructor(parts: OrganisationParts) {
    this.#parts = parts
  }

  /** One page of the organisations the caller may see. */
  list(caller: Caller, query: PageQuery): Promise<Page<OrganisationSummary>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, (tx) => store.list(tx, query, this.#moment))
  }

  /** How many a filter finds, counted up to `most`. */
  count(tx: Tx, filter: string | undefined, most: number): Promise<number> {
    return this.#parts.store.count(tx, filter, this.#moment, most)
  }

  /** Throws Problem organisation.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<Organisation> {
    return this.#parts.database.transact(caller.scope, (tx) => this.require(tx, id))
  }

  /** Throws Problem organisation.code-taken, permission.missing (a caller bound to one organisation). */
  create(caller: Caller, draft: OrganisationDraft): Promise<Organisation> {
    if (caller.scope.organisations !== 'all') {
      throw new Problem('permission.missing', 'only a role of scope node creates organisations')
    }
    return this.#naming(draft.code, caller.scope, (tx) =>
      this.found(tx, caller.scope.actor, draft, false),
    )
  }

  /** Changes what `change` names. Throws Problem organisation.not-found, organisation.code-taken, request.invalid (unit). */
  update(caller: Caller, id: string, change: Partial<OrganisationDraft>): Promise<Organisation> {
    return this.#naming(change.code, caller.scope, (tx) =>
      this.change(tx, caller.scope.actor, id, change),
    )
  }

  /** Adds an organisation in the transaction of a larger act; `home`: the one this node belongs to. */
  async found(
    tx: Tx,
    actor: Scope['actor'],
    draft: OrganisationDraft,
    home: boolean,
  ): Promise<Organisation> {
    const { clock, newId, simulated } = this.#parts
    const now = clock.iso()
    const unit = await this.#unit(tx, draft.unit)
    const own = { id: newId('organisation'), home, simulated, membership: 'none' as const }
    const made = { ...draft, ...own, unit }
    return this.#keep(tx, actor, { ...made, created_at: now, updated_at: now })
  }

  /**
   * Keeps an organisation under the identifier another node gave it; changes nothing where it is known.
   * A code that another row has already is told apart by the end of the identifier, never refused:
   * two nodes may have written the same organisation down.
   */
  async adopt(tx: Tx, actor: Scope['actor'], namesake: Namesake): Promise<Organisation> {
    const { store, clock } = this.#parts
    const known = await store.get(tx, namesake.id)
    if (known) return known
    const taken = await store.codeTaken(tx, namesake.code)
    const code = taken ? `${namesake.code}.${namesake.id.slice(-8)}` : namesake.code
    const now = clock.iso()
    const untold = { sectors: [], unit: '', address: '', website: '', membership: 'none' as const }
    const row = { ...untold, ...namesake, code, home: false, created_at: now, updated_at: now }
    return this.#keep(tx, actor, row)
  }

  /** The organisation, inside a transaction of another module. Throws Problem organisation.not-found. */
  async require(tx: Tx, id: string): Promise<Organisation> {
    const found = await this.#parts.store.get(tx, id)
    if (!found) throw new Problem('organisation.not-found', id)
    return found
  }

  /** The organisation, held until the transaction ends. Throws Problem organisation.not-found. */
  async lock(tx: Tx, id: string): Promise<Organisation> {
    const found = await this.#parts.store.lock(tx, id)
    if (!found) throw new Problem('organisation.not-found', id)
    return found
  }

  /** Sets how far its membership is, in the transaction of the act that moved it. */
  async setMembership(tx: Tx, id: string, membership: MembershipState): Promise<void> {
    const { store, clock } = this.#parts
    const before = await this.lock(tx, id)
    await store.replace(tx, { ...before, membership, updated_at: clock.iso() })
  }

  /** A change with its unit as a code. Throws Problem request.invalid (unit). */
  async readChange<C extends { readonly unit?: string | undefined }>(
    tx: Tx,
    change: C,
  ): Promise<C> {
    if (change.unit === undefined) return change
    return { ...change, unit: await this.#unit(tx, change.unit) }
  }

  /** Changes an organisation in the transaction of a larger act. Throws Problem organisation.not-found, request.invalid (unit). */
  async change(
    tx: Tx,
    actor: Scope['actor'],
    id: string,
    change: Partial<OrganisationDraft>,
  ): Promise<Organisation> {
    const { store, journal, clock } = this.#parts
    const before = await this.lock(tx, id)
    const after = { ...before, ...(await this.readChange(tx, change)), updated_at: clock.iso() }
    await store.replace(tx, after)
    await journal.append(tx, {
      type: 'organisation.updated',
      organisation_id: id,
      actor,
      authority: 'organisation.manage',
      subject: id,
      before,
      after,
    })
    return after
  }

  /** Names by identifier, for as many of these as the scope of the transaction shows. */
  names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#parts.store.names(tx, ids)
  }

  /** Kinds by identifier, for as many of these as the scope of the transaction shows. */
  kinds(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OrganisationKind>> {
    return this.#parts.store.kinds(tx, ids)
  }

  /** Identifiers by code in small letters, as far as the scope shows them. */
  idsOfCodes(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#parts.store.idsOfCodes(tx, codes)
  }

  /** Codes by identifier, as far as the scope shows them. */
  codes(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#parts.store.codes(tx, ids)
  }

  /** Reads units as a code or name says them: the code of today, empty for none, undefined for what none is called. */
  async unitReader(tx: Tx): Promise<(text: string) => string | undefined> {
    const units = await this.#parts.units(tx)
    const today = this.#today
    const known = new Map<string, string | undefined>([['', '']])
    return (text) => {
      if (!known.has(text) && known.size < 10_000)
        known.set(text, unitNamed(units, text, today)?.id)
      return known.has(text) ? known.get(text) : unitNamed(units, text, today)?.id
    }
  }

  /** Names by identifier, also of those the scope does not show: for who is told so much and no more. */
  namesOfAny(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#parts.store.namesOfAny(tx, ids)
  }

  /** The organisation this node belongs to; undefined before set-up or where the scope hides it. */
  home(tx: Tx): Promise<Organisation | undefined> {
    return this.#parts.store.home(tx)
  }

  async #keep(tx: Tx, actor: Scope['actor'], row: Organisation): Promise<Organisation> {
    const { store, journal } = this.#parts
    await store.add(tx, row)
    await journal.append(tx, {
      type: 'organisation.created',
      organisation_id: row.id,
      actor,
      authority: 'organisation.manage',
      subject: row.id,
      after: row,
    })
    return row
  }

  get #moment() {
    return { day: this.#today, now: this.#parts.clock.iso() }
  }

  get #today(): string {
    return vietnamDate(this.#parts.clock.now())
  }

  /** The code of the unit of today that a code or name, also a former one, means; empty for none. */
  async #unit(tx: Tx, text: string): Promise<string> {
    const unit = (await this.unitReader(tx))(text)
    if (unit !== undefined) return unit
    throw new Problem('request.invalid', `no provincial unit ${text}`, [
      { field: 'unit', cause: 'no provincial unit of this code or name', remedy: 'code or name' },
    ])
  }

  async #naming<T>(code: string | undefined, scope: Scope, work: (tx: Tx) => Promise<T>) {
    try {
      return await this.#parts.database.transact(scope, work)
    } catch (error) {
      if (!violates(error, 'organisation_code')) throw error
      throw new Problem('organisation.code-taken', code)
    }
  }
}
