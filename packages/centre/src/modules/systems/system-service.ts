import type { SoughtSoftware } from '@haidang/contracts/advisory-addressing-api'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type {
  InformationSystem,
  MonitoringStage,
  MonitoringWay,
  OwnerCompleteness,
  SystemDraft,
  SystemSummary,
} from '@haidang/contracts/system'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { requireClearance } from '../../clearance.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { type CompletenessRules, profileOf, reckonedBy } from './completeness.ts'
import { type RunningSystem, searchFor } from './software-search.ts'
import { stageRefusal } from './system.ts'
import type { KeptSystem, SystemStore } from './system-store.ts'

interface SystemParts {
  readonly database: Database
  readonly store: SystemStore
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly organisations: OrganisationService
  readonly rules: CompletenessRules
}

type Change = Partial<Omit<SystemDraft, 'organisation_id'>> & {
  readonly version?: number | undefined
}

/** The register of information systems: whose they are, what they consist of, how they are monitored. */
export class SystemService {
  readonly #parts: SystemParts

  constructor(parts: SystemParts) {
    this.#parts = parts
  }

  /** One page of the systems the caller may see. */
  list(caller: Caller, query: PageQuery): Promise<Page<SystemSummary>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await this.#named(tx, items), next }
    })
  }

  /** Throws Problem system.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<InformationSystem> {
    return this.#parts.database.transact(caller.scope, (tx) => this.require(tx, id))
  }

  /** Throws Problem organisation.not-found, system.code-taken, request.invalid (a TLP above the caller's clearance). */
  create(caller: Caller, draft: SystemDraft): Promise<InformationSystem> {
    const { clock, newId, store } = this.#parts
    requireClearance(caller.scope, draft.tlp)
    return this.#coding(draft.code, caller.scope, async (tx) => {
      await this.#requireOrganisations(tx, draft)
      const now = clock.iso()
      const made = this.#reckoned({
        ...draft,
        id: newId('system'),
        monitoring: { direct: 'none', indirect: 'none' },
        range_count: 0,
        version: 1,
        created_at: now,
        updated_at: now,
      })
      await store.add(tx, made)
      await this.#journal(tx, caller.scope, { type: 'system.created', after: made }, made)
      return this.#one(tx, made)
    })
  }

  /**
   * Changes what `change` names. Throws Problem system.not-found, system.code-taken, system.changed-meanwhile,
   * organisation.not-found, permission.missing (who only operates it), request.invalid.
   */
  update(caller: Caller, id: string, change: Change): Promise<InformationSystem> {
    const { version, ...values } = change
    if (change.tlp) requireClearance(caller.scope, change.tlp)
    return this.#coding(change.code, caller.scope, async (tx) => {
      const before = await this.lockOwn(tx, caller, id)
      if (version !== undefined && version !== before.version) {
        throw new Problem('system.changed-meanwhile')
      }
      const after = { ...before, ...values }
      if (values.operator_id) await this.#requireOrganisations(tx, after)
      return this.#keep(tx, caller.scope, before, after, { type: 'system.updated' })
    })
  }

  /**
   * Moves one way of monitoring to a stage. Throws Problem system.not-found, system.illegal-stage,
   * permission.missing (approving without system.approve, or who only operates it).
   */
  monitor(
    caller: Caller,
    id: string,
    move: { readonly way: MonitoringWay; readonly stage: MonitoringStage; readonly reason: string },
  ): Promise<InformationSystem> {
    const { way, stage, reason } = move
    if (stage === 'approved' && !caller.permissions.has('system.approve')) {
      throw new Problem('permission.missing', 'system.approve is needed')
    }
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const before = await this.lockOwn(tx, caller, id)
      const refusal = stageRefusal(before, way, before.monitoring[way], stage)
      if (refusal) throw new Problem('system.illegal-stage', refusal)
      const after = { ...before, monitoring: { ...before.monitoring, [way]: stage } }
      return this.#keep(tx, caller.scope, before, after, {
        type: 'system.monitoring-moved',
        reason,
      })
    })
  }

  /** How complete the register is by owner, as far as the caller may see. */
  completeness(
    caller: Caller,
  ): Promise<Pick<CompletenessRules, 'profile' | 'items'> & { owners: OwnerCompleteness[] }> {
    const { database, store, organisations, rules } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const owners = await store.byOwner(tx)
      const names = await organisations.names(
        tx,
        owners.map(({ organisation_id }) => organisation_id),
      )
      const named = owners.map((owner) => ({
        ...owner,
        organisation_name: names.get(owner.organisation_id) ?? '',
      }))
      return { profile: this.#profile, items: rules.items, owners: named }
    })
  }

  /** The system, inside a transaction of another module. Throws Problem system.not-found. */
  async require(tx: Tx, id: string): Promise<InformationSystem> {
    const found = await this.find(tx, id)
    if (!found) throw new Problem('system.not-found', id)
    return found
  }

  /** The system as far as the scope of the transaction shows it. */
  async find(tx: Tx, id: string): Promise<InformationSystem | undefined> {
    const found = await this.#parts.store.get(tx, id)
    return found && this.#one(tx, found)
  }

  /**
   * Systems that run a software in one of these versions, or in a version nobody stated, as far as the caller may see
   * them. Throws Problem permission.missing, request.invalid (what the versions are is not understood).
   */
  running(caller: Caller, sought: SoughtSoftware): Promise<RunningSystem[]> {
    const { database, store } = this.#parts
    if (!caller.permissions.has('system.read'))
      throw new Problem('permission.missing', 'system.read')
    const search = searchFor(sought)
    return database.transact(caller.scope, async (tx) =>
      search.in(await store.running(tx, search.words)),
    )
  }

  /**
   * The system, held until the transaction ends, for who acts for its owner. Throws Problem system.not-found,
   * permission.missing (who only operates it).
   */
  async lockOwn(tx: Tx, { scope }: Pick<Caller, 'scope'>, id: string): Promise<KeptSystem> {
    const { store } = this.#parts
    const seen = await store.get(tx, id)
    if (!seen) throw new Problem('system.not-found', id)
    // The database locks only rows the caller may change, and that is the owner's part.
    const own = await store.lock(tx, id)
    if (!own)
      throw new Problem('permission.missing', `its owner changes it, not ${scope.actor.name}`)
    return own
  }

  /** A station watches, from now on, what another one watched. */
  watchedInstead(tx: Tx, before: string, after: string): Promise<void> {
    return this.#parts.store.watchedInstead(tx, before, after)
  }

  /** Keeps how many ranges a system has, for its score. */
  async rangesCounted(tx: Tx, system: KeptSystem, range_count: number): Promise<void> {
    await this.#parts.store.replace(tx, this.#reckoned({ ...system, range_count }))
  }

  /** Reckons the scores anew that were reckoned by other rules; once after a change of the rules. */
  async refresh(): Promise<void> {
    const { database, store } = this.#parts
    for (let after = ''; ; ) {
      const done = await database.transact(systemScope, async (tx) => {
        const old = await store.reckonedOtherwise(tx, this.#profile, after)
        for (const system of old) await store.replace(tx, this.#reckoned(system))
        return old.at(-1)?.id
      })
      if (done === undefined) return
      after = done
    }
  }

  get #profile(): string {
    return profileOf(this.#parts.rules)
  }

  #reckoned(
    system: Omit<KeptSystem, 'completeness' | 'missing' | 'completeness_profile'>,
  ): KeptSystem {
    return reckonedBy(this.#parts.rules, system)
  }

  async #keep(
    tx: Tx,
    scope: Scope,
    before: KeptSystem,
    after: KeptSystem,
    entry: Pick<EntryDraft, 'type' | 'reason'>,
  ): Promise<InformationSystem> {
    const { store, clock } = this.#parts
    const kept = this.#reckoned({
      ...after,
      version: before.version + 1,
      updated_at: clock.iso(),
    })
    await store.replace(tx, kept)
    await this.#journal(tx, scope, { ...entry, before, after: kept }, kept)
    return this.#one(tx, kept)
  }

  async #journal(
    tx: Tx,
    { actor }: Scope,
    entry: Pick<EntryDraft, 'type' | 'reason' | 'before' | 'after'>,
    { id, organisation_id, tlp }: KeptSystem,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      ...entry,
      organisation_id,
      actor,
      tlp_rank: tlpRank(tlp),
      authority: 'system.manage',
      subject: id,
    })
  }

  async #requireOrganisations(
    tx: Tx,
    { organisation_id, operator_id }: Pick<SystemDraft, 'organisation_id' | 'operator_id'>,
  ): Promise<void> {
    const { organisations } = this.#parts
    await organisations.require(tx, organisation_id)
    if (operator_id) await organisations.require(tx, operator_id)
  }

  async #one(tx: Tx, system: KeptSystem): Promise<InformationSystem> {
    const [named] = await this.#named(tx, [system])
    if (!named) throw new Error('a system was not named')
    return named
  }

  async #named(tx: Tx, systems: readonly KeptSystem[]): Promise<InformationSystem[]> {
    const ids = systems.flatMap(({ organisation_id, operator_id }) => [
      organisation_id,
      ...(operator_id ? [operator_id] : []),
    ])
    const names = await this.#parts.organisations.names(tx, ids)
    return systems.map((system) => ({
      ...system,
      organisation_name: names.get(system.organisation_id) ?? '',
      operator_name: names.get(system.operator_id ?? '') ?? '',
    }))
  }

  async #coding<T>(code: string | undefined, scope: Scope, work: (tx: Tx) => Promise<T>) {
    try {
      return await this.#parts.database.transact(scope, work)
    } catch (error) {
      if (!violates(error, 'information_system_code')) throw error
      throw new Problem('system.code-taken', code)
    }
  }
}
