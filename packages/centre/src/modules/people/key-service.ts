import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { ApiKey, ApiKeyDraft, Role } from '@haidang/contracts/person'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { hashOf, newSecret } from '../../secret.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { mayComeFrom, scoped } from './key.ts'
import type { KeyStore } from './key-store.ts'
import { callerIn } from './person.ts'
import type { RoleService } from './role-service.ts'
import type { ServiceAccountStore } from './service-account-store.ts'

interface KeyParts {
  readonly database: Database
  readonly store: KeyStore
  readonly accounts: ServiceAccountStore
  readonly roles: RoleService
  readonly organisations: OrganisationService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** `Authorization: Bearer hd_…`. */
export const keyPrefix = 'hd_'
/** How exact the time of last use is kept, in milliseconds: a write for every request would cost too much. */
const useResolution = 60_000

/** Keys for scripts: a role in an organisation, or what its scope leaves of it, without a person or session. */
export class KeyService {
  readonly #parts: KeyParts

  constructor(parts: KeyParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<ApiKey>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, (tx) => store.list(tx, query))
  }

  /**
   * A new key and its secret, which is shown now and never again. Throws Problem organisation.not-found,
   * role.not-found, permission.missing (a role that may do more than the caller), key.scope-beyond-role,
   * key.expires-early, service-account.not-found, service-account.disabled, service-account.ownerless,
   * service-account.other.
   */
  create(caller: Caller, draft: ApiKeyDraft): Promise<{ key: ApiKey; secret: string }> {
    const { database, store, roles, organisations, clock, newId } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await organisations.require(tx, draft.organisation_id)
      const role = await roles.grantable(tx, caller, draft.role_id)
      const beyond = draft.scopes?.filter((scope) => !role.permissions.includes(scope)) ?? []
      if (beyond.length > 0) throw new Problem('key.scope-beyond-role', beyond.join(', '))
      if (this.#isPast(draft)) throw new Problem('key.expires-early')
      const account_name = await this.#accountOf(tx, draft)
      const key: ApiKey = {
        ...draft,
        account_name,
        id: newId('key'),
        created_at: clock.iso(),
        revoked_at: null,
        last_used_at: null,
        last_used_address: null,
      }
      const secret = newSecret(keyPrefix)
      await store.add(tx, key, hashOf(secret))
      await this.#journal(tx, caller, { type: 'key.created', authority: 'key.manage' }, key)
      return { key, secret }
    })
  }

  /** From now on the key opens nothing. Throws Problem key.not-found. */
  revoke(caller: Caller, id: string): Promise<ApiKey> {
    const { database, store, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const key = await store.get(tx, id)
      if (!key) throw new Problem('key.not-found', id)
      if (key.revoked_at !== null) return key
      const revoked = { ...key, revoked_at: clock.iso() }
      await store.revoke(tx, id, revoked.revoked_at)
      await this.#journal(tx, caller, { type: 'key.revoked', authority: 'key.manage' }, revoked)
      return revoked
    })
  }

  /**
   * Who calls with this secret; undefined for one that is unknown or revoked. Throws Problem key.expired,
   * key.address-refused.
   */
  callerOf(secret: string, address: string): Promise<Caller | undefined> {
    const { database, store, roles } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const key = await store.valid(tx, hashOf(secret))
      if (!key) return undefined
      const role = await roles.require(tx, key.role_id)
      if (this.#isPast(key)) throw new Problem('key.expired', key.id)
      if (!mayComeFrom(key.addresses, address)) {
        throw new Problem('key.address-refused', `${key.id} from ${address}`)
      }
      await this.#noteUse(tx, key, address)
      return holder(key, role)
    })
  }

  /** Who holds a key, with the rights it has now; undefined where it is revoked or past. Needs the node's scope. */
  async holderOf(tx: Tx, id: string): Promise<Caller | undefined> {
    const { store, roles } = this.#parts
    const key = await store.get(tx, id)
    if (!key || key.revoked_at !== null || this.#isPast(key)) return undefined
    return holder(key, await roles.require(tx, key.role_id))
  }

  /** Revokes what keys of a service account there are, in the transaction of a larger act. */
  async revokeOf(tx: Tx, caller: Caller, accountId: string): Promise<void> {
    const { store, clock } = this.#parts
    const why = { type: 'key.revoked', authority: 'person.manage' } as const
    for (const key of await store.lockOf(tx, accountId)) {
      const revoked = { ...key, revoked_at: clock.iso() }
      await store.revoke(tx, key.id, revoked.revoked_at)
      await this.#journal(tx, caller, why, revoked)
    }
  }

  /** Keys of a service account are of its role, in the transaction of a larger act. */
  followRole(tx: Tx, accountId: string, roleId: string): Promise<void> {
    return this.#parts.store.followRole(tx, accountId, roleId)
  }

  /** Who answers for the machine that holds a key; undefined for a key of no service account. Needs the node's scope. */
  async ownerOf(tx: Tx, id: string): Promise<string | undefined> {
    const { store, accounts } = this.#parts
    const key = await store.get(tx, id)
    return key?.account_id ? accounts.ownerOf(tx, key.account_id) : undefined
  }

  /** The name of the account a key is to belong to; null for a key of its own. */
  async #accountOf(tx: Tx, draft: ApiKeyDraft): Promise<string | null> {
    const { accounts, clock } = this.#parts
    const { account_id, organisation_id, role_id } = draft
    if (account_id === null) return null
    // Nobody disables it or moves it to another role before the key stands.
    await accounts.lock(tx, account_id, 'share')
    const account = await accounts.get(tx, account_id, clock.iso())
    if (!account) throw new Problem('service-account.not-found', account_id)
    if (account.disabled) throw new Problem('service-account.disabled', account.name)
    if (account.needs_owner) throw new Problem('service-account.ownerless', account.name)
    if (account.organisation_id !== organisation_id || account.role_id !== role_id) {
      throw new Problem('service-account.other', account.name)
    }
    return account.name
  }

  async #noteUse(tx: Tx, key: ApiKey, address: string): Promise<void> {
    const { store, clock } = this.#parts
    const last = key.last_used_at === null ? 0 : millisecondsOf(key.last_used_at)
    const same = key.last_used_address === address
    if (same && clock.now() - last < useResolution) return
    await store.noteUse(tx, key.id, clock.iso(), address)
  }

  #isPast({ expires_at }: Pick<ApiKey, 'expires_at'>): boolean {
    return expires_at !== null && millisecondsOf(expires_at) <= this.#parts.clock.now()
  }

  async #journal(
    tx: Tx,
    caller: Caller,
    why: Pick<EntryDraft, 'type' | 'authority'>,
    key: ApiKey,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      ...why,
      organisation_id: key.organisation_id,
      actor: caller.scope.actor,
      subject: key.id,
      related: key.account_id === null ? [] : [key.account_id],
      after: key,
    })
  }
}

function holder(key: ApiKey, role: Role): Caller {
  const { organisation_id } = key
  const caller = callerIn(role, { actor: actorOf(key), organisation_id, language: 'en' })
  const { held, withheld } = scoped(role, key.scopes)
  return { ...caller, permissions: held, withheld }
}

/** A key of a service account acts for it: the journal shows both. */
function actorOf({ id, name, account_id, account_name }: ApiKey): Scope['actor'] {
  if (account_id === null) return { id, name }
  return { id, name: `${account_name} · ${name}`, acts_for: account_id }
}
