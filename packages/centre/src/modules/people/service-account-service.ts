import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type {
  ServiceAccount,
  ServiceAccountChange,
  ServiceAccountDraft,
} from '@haidang/contracts/service-account'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { requireFit } from './handover-service.ts'
import type { KeyService } from './key-service.ts'
import type { PersonService } from './person-service.ts'
import type { RoleService } from './role-service.ts'
import type { ServiceAccountRow, ServiceAccountStore } from './service-account-store.ts'

interface ServiceAccountParts {
  readonly database: Database
  readonly store: ServiceAccountStore
  readonly keys: KeyService
  readonly people: PersonService
  readonly roles: RoleService
  readonly organisations: OrganisationService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** Identities of machines. They are no people: nothing is assigned to them, and they decide nothing for others. */
export class ServiceAccountService {
  readonly #parts: ServiceAccountParts

  constructor(parts: ServiceAccountParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<ServiceAccount>> {
    const { database, store, clock } = this.#parts
    return database.transact(caller.scope, (tx) => store.list(tx, query, clock.iso()))
  }

  /**
   * Throws Problem organisation.not-found, role.not-found, permission.missing (a role that may do more than the
   * caller), person.not-found, service-account.owner-unfit, service-account.name-taken.
   */
  create(caller: Caller, draft: ServiceAccountDraft): Promise<ServiceAccount> {
    const { store, roles, organisations, clock, newId } = this.#parts
    return this.#written(caller, draft.name, async (tx) => {
      await organisations.require(tx, draft.organisation_id)
      await roles.grantable(tx, caller, draft.role_id)
      await this.#requireFit(tx, draft)
      const at = clock.iso()
      const made = { id: newId('serviceAccount'), disabled: false, created_at: at, updated_at: at }
      const row: ServiceAccountRow = { ...draft, ...made }
      await store.add(tx, row)
      await this.#journal(tx, caller, 'service-account.created', { after: row })
      return row.id
    })
  }

  /**
   * Its keys follow its role; disabling revokes them. Throws Problem service-account.not-found and what `create`
   * throws.
   */
  update(caller: Caller, id: string, change: ServiceAccountChange): Promise<ServiceAccount> {
    const { store, roles, keys, clock } = this.#parts
    return this.#written(caller, change.name ?? '', async (tx) => {
      const before = await store.lock(tx, id, 'update')
      if (!before) throw new Problem('service-account.not-found', id)
      await roles.grantable(tx, caller, before.role_id)
      const after: ServiceAccountRow = { ...before, ...change, updated_at: clock.iso() }
      if (after.role_id !== before.role_id) await roles.grantable(tx, caller, after.role_id)
      const begins = before.disabled && !after.disabled
      if (begins || after.owner_id !== before.owner_id) await this.#requireFit(tx, after)
      await store.replace(tx, after)
      await this.#journal(tx, caller, 'service-account.changed', { before, after })
      if (after.role_id !== before.role_id) await keys.followRole(tx, id, after.role_id)
      if (after.disabled) await keys.revokeOf(tx, caller, id)
      return id
    })
  }

  async #requireFit(
    tx: Tx,
    account: Pick<ServiceAccountRow, 'owner_id' | 'organisation_id'>,
  ): Promise<void> {
    requireFit(await this.#parts.people.require(tx, account.owner_id), account)
  }

  async #written(
    caller: Caller,
    name: string,
    work: (tx: Tx) => Promise<string>,
  ): Promise<ServiceAccount> {
    const { database, store, clock } = this.#parts
    try {
      return await database.transact(caller.scope, async (tx) => {
        const id = await work(tx)
        const found = await store.get(tx, id, clock.iso())
        if (!found) throw new Problem('service-account.not-found', id)
        return found
      })
    } catch (error) {
      if (!violates(error, 'service_account_name')) throw error
      throw new Problem('service-account.name-taken', name)
    }
  }

  async #journal(
    tx: Tx,
    caller: Caller,
    type: EntryType,
    { before, after }: { readonly before?: ServiceAccountRow; readonly after: ServiceAccountRow },
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: after.organisation_id,
      actor: caller.scope.actor,
      authority: 'person.manage',
      subject: after.id,
      related: [after.owner_id],
      before,
      after,
    })
  }
}
