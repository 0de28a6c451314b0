import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { ApiKey } from '@haidang/contracts/person'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { hashOf, newSecret } from '../../secret.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { KeyStore } from './key-store.ts'
import { callerIn } from './person.ts'
import type { RoleService } from './role-service.ts'

interface KeyParts {
  readonly database: Database
  readonly store: KeyStore
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

/** Keys for scripts: a role in an organisation, without a person or session. */
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
   * role.not-found, permission.missing (a role that may do more than the caller).
   */
  create(
    caller: Caller,
    draft: Pick<ApiKey, 'organisation_id' | 'role_id' | 'name'>,
  ): Promise<{ key: ApiKey; secret: string }> {
    const { database, store, roles, organisations, clock, newId } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await organisations.require(tx, draft.organisation_id)
      await roles.grantable(tx, caller, draft.role_id)
      const { organisation_id, role_id, name } = draft
      const key: ApiKey = {
        id: newId('key'),
        organisation_id,
        role_id,
        name,
        created_at: clock.iso(),
        last_used_at: null,
        revoked_at: null,
      }
      const secret = newSecret(keyPrefix)
      await store.add(tx, key, hashOf(secret))
      await this.#journal(tx, caller, 'key.created', key)
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
      await this.#journal(tx, caller, 'key.revoked', revoked)
      return revoked
    })
  }

  /** Who calls with this secret; undefined for one that is unknown or revoked. */
  callerOf(secret: string): Promise<Caller | undefined> {
    const { database, store, roles } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const key = await store.valid(tx, hashOf(secret))
      if (!key) return undefined
      const role = await roles.require(tx, key.role_id)
      await this.#noteUse(tx, key)
      const { id, name, organisation_id } = key
      return callerIn(role, { actor: { id, name }, organisation_id, language: 'en' })
    })
  }

  async #noteUse(tx: Tx, key: ApiKey): Promise<void> {
    const { store, clock } = this.#parts
    const last = key.last_used_at === null ? 0 : millisecondsOf(key.last_used_at)
    if (clock.now() - last < useResolution) return
    await store.noteUse(tx, key.id, clock.iso())
  }

  async #journal(tx: Tx, caller: Caller, type: EntryDraft['type'], key: ApiKey): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: key.organisation_id,
      actor: caller.scope.actor,
      authority: 'key.manage',
      subject: key.id,
      after: key,
    })
  }
}
