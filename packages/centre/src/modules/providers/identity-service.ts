import type { Identity } from '@haidang/contracts/provider'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Client } from '../../http/client.ts'
import { personIdOf } from '../../signed-in.ts'
import type { AccountService } from '../accounts/account-service.ts'
import type { FreshService } from '../accounts/fresh-service.ts'
import type { SessionListService } from '../accounts/session-list-service.ts'
import type { FactorService } from '../factors/factor-service.ts'
import type { PersonRow, PersonService } from '../people/person-service.ts'
import type { IdentityRow, IdentityStore } from './identity-store.ts'
import type { Claims } from './oidc.ts'
import { mayEnter } from './provider.ts'
import type { ProviderRow } from './provider-store.ts'

interface IdentityParts {
  readonly database: Database
  readonly store: IdentityStore
  readonly people: PersonService
  readonly accounts: AccountService
  readonly sessions: SessionListService
  readonly factors: FactorService
  readonly fresh: FreshService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

interface Found {
  readonly person: PersonRow
  /** Undefined where the account is recognised for the first time, and is still to be linked. */
  readonly identity: IdentityRow | undefined
}

type Who = Pick<Claims, 'subject'> & { readonly email: string | null }

/** Who people are at providers of single sign-on. */
export class IdentityService {
  readonly #parts: IdentityParts

  constructor(parts: IdentityParts) {
    this.#parts = parts
  }

  /** Throws Problem session.required for an API key. */
  list(caller: Caller): Promise<{ items: Identity[] }> {
    const personId = personIdOf(caller)
    return this.#parts.database.transact(systemScope, (tx) => this.#of(tx, personId))
  }

  /** Every other session ends. Throws Problem session.stale, password.wrong, identity.not-found, identity.last. */
  async unlink(
    caller: Caller,
    client: Client,
    id: string,
    password: string | undefined,
  ): Promise<{ items: Identity[] }> {
    const { database, people, accounts, factors, fresh } = this.#parts
    const personId = personIdOf(caller)
    await fresh.require(caller, client, password)
    return database.transact(systemScope, async (tx) => {
      const person = await people.requireLocked(tx, personId)
      const removed = await this.#remove(tx, personId, id)
      const { items } = await this.#of(tx, personId)
      const { passkeys } = await factors.of(tx, personId)
      const other = items.length > 0 || passkeys.length > 0
      if (!other && !(await accounts.hasPassword(tx, personId))) throw new Problem('identity.last')
      await this.#changed(tx, caller, person, 'identity.unlinked', removed)
      return { items }
    })
  }

  /** Throws Problem person.not-found, permission.missing for somebody who may do more than the caller. */
  async ofPerson(caller: Caller, personId: string): Promise<{ items: Identity[] }> {
    const { database, people } = this.#parts
    await people.requireMayManage(caller, personId)
    return database.transact(systemScope, (tx) => this.#of(tx, personId))
  }

  /**
   * Somebody else’s, as where their account at the provider was taken over: every session of theirs ends, also where
   * nothing else opens their account, which a recovery link does then. Throws Problem person.not-found,
   * permission.missing, session.stale, password.wrong, identity.not-found, identity.own, identity.person-needed.
   */
  async unlinkOf(
    caller: Caller,
    client: Client,
    { id, identity }: { readonly id: string; readonly identity: string },
    { password, reason }: { readonly password?: string | undefined; readonly reason: string },
  ): Promise<{ items: Identity[] }> {
    const { database, people, sessions, fresh } = this.#parts
    await people.requireMayManage(caller, id)
    if (caller.person_id === null) throw new Problem('identity.person-needed')
    if (caller.person_id === id) throw new Problem('identity.own')
    await fresh.require(caller, client, password)
    return database.transact(systemScope, async (tx) => {
      const person = await people.requireLocked(tx, id)
      const removed = await this.#remove(tx, id, identity)
      await sessions.endOthersIn(tx, id, '')
      const why = { authority: 'person.manage', reason }
      await this.#note(tx, caller.scope.actor, person, 'identity.unlinked', removed, why)
      return this.#of(tx, id)
    })
  }

  async #remove(tx: Tx, personId: string, id: string): Promise<IdentityRow> {
    const removed = await this.#parts.store.remove(tx, personId, id)
    if (!removed) throw new Problem('identity.not-found', id)
    return removed
  }

  /** Links who somebody is at a provider with the account they are signed in to. Throws Problem identity.taken. */
  async link(tx: Tx, caller: Caller, provider: ProviderRow, who: Who): Promise<void> {
    const person = await this.#parts.people.requireLocked(tx, personIdOf(caller))
    const row = await this.#add(tx, provider, person, who)
    await this.#changed(tx, caller, person, 'identity.linked', row)
  }

  /**
   * Whose account somebody of a provider opens; an account is made where the provider may. Throws Problem
   * provider.domain, provider.email-unverified, provider.no-account (also for a disabled person).
   */
  async find(tx: Tx, provider: ProviderRow, claims: Claims): Promise<Found> {
    const { store, people } = this.#parts
    const { email, email_verified, subject } = claims
    const about = `${email ?? 'no e-mail'}, ${subject}`
    if (!mayEnter(provider, email)) throw new Problem('provider.domain', about)
    const identity = await store.bySubject(tx, provider.id, subject)
    if (identity) return { person: enabled(await people.require(tx, identity.person_id)), identity }
    if (provider.matching === 'linked' || !email) throw new Problem('provider.no-account', about)
    if (!email_verified) throw new Problem('provider.email-unverified', about)
    const known = await people.byEmail(tx, email)
    const person = known ? enabled(known) : await this.#make(tx, provider, claims, email)
    return { person, identity: undefined }
  }

  /** Remembers the first sign-in as a link, every later one as a use. Throws Problem identity.taken. */
  async used(tx: Tx, provider: ProviderRow, person: PersonRow, who: Who): Promise<void> {
    const { store, clock } = this.#parts
    const known = await store.bySubject(tx, provider.id, who.subject)
    if (known?.person_id === person.id) return store.noteUse(tx, known.id, who.email, clock.iso())
    const { id, name } = provider
    const row = await this.#add(tx, provider, person, who)
    await store.noteUse(tx, row.id, who.email, clock.iso())
    await this.#note(tx, { id, name }, person, 'identity.linked', row)
  }

  async #add(tx: Tx, { id }: ProviderRow, person: PersonRow, who: Who): Promise<IdentityRow> {
    const { store, clock, newId } = this.#parts
    const row: IdentityRow = {
      id: newId('identity'),
      person_id: person.id,
      provider_id: id,
      subject: who.subject,
      email: who.email,
      linked_at: clock.iso(),
      last_used_at: null,
    }
    if (!(await store.add(tx, row))) throw new Problem('identity.taken')
    return row
  }

  async #make(
    tx: Tx,
    { id, name, creates, organisation_id }: ProviderRow,
    claims: Claims,
    email: string,
  ): Promise<PersonRow> {
    if (!creates || organisation_id === null) throw new Problem('provider.no-account', email)
    const { people } = this.#parts
    const made = await people.add(
      tx,
      { id, name },
      {
        organisation_id,
        email,
        name: claims.name ?? email,
        language: 'vi',
        role_id: 'reader',
        password_hash: null,
      },
    )
    return people.require(tx, made.id)
  }

  async #of(tx: Tx, personId: string): Promise<{ items: Identity[] }> {
    return { items: await this.#parts.store.of(tx, personId) }
  }

  async #changed(
    tx: Tx,
    caller: Caller,
    person: PersonRow,
    type: 'identity.linked' | 'identity.unlinked',
    row: IdentityRow,
  ): Promise<void> {
    await this.#parts.sessions.endOthersIn(tx, person.id, caller.session_id ?? '')
    await this.#note(tx, caller.scope.actor, person, type, row)
  }

  async #note(
    tx: Tx,
    actor: EntryDraft['actor'],
    { id, organisation_id }: PersonRow,
    type: 'identity.linked' | 'identity.unlinked',
    { provider_id, subject, email }: IdentityRow,
    why = { authority: actor.id === id ? 'signed-in' : 'single sign-on', reason: '' },
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id,
      actor,
      subject: id,
      ...why,
      after: { provider_id, subject, email },
    })
  }
}

function enabled(person: PersonRow): PersonRow {
  if (person.disabled) throw new Problem('provider.no-account', person.email)
  return person
}
