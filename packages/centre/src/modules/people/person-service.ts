import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Permission } from '@haidang/contracts/permission'
import type { Person, PersonDraft } from '@haidang/contracts/person'
import { isRedacted } from '@haidang/contracts/person-redaction'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { AccountService } from '../accounts/account-service.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { HandoverService } from './handover-service.ts'
import { callerIn, keepAdministrator } from './person.ts'
import type { PersonRow, PersonStore } from './person-store.ts'
import type { RoleService } from './role-service.ts'

interface PersonParts {
  readonly database: Database
  readonly store: PersonStore
  readonly accounts: AccountService
  readonly roles: RoleService
  readonly organisations: OrganisationService
  readonly handover: HandoverService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

export type { PersonRow }

type About = Pick<Person, 'name' | 'email' | 'organisation_id'>

/** What of a person can be changed; a field left out stays. */
interface PersonChange {
  readonly name?: string | undefined
  readonly role_id?: string | undefined
  readonly language?: Person['language'] | undefined
  readonly disabled?: boolean | undefined
  readonly password?: string | undefined
  /** Who answers from now on for what a person being disabled answered for; null: it is disabled too. */
  readonly successor_id?: string | null | undefined
}

/** A first password, hashed before the transaction begins: hashing takes longer than a lock should be held. */
interface NewPerson extends Omit<PersonDraft, 'password'> {
  /** Null where a provider of single sign-on vouches for the person. */
  readonly password_hash: string | null
}

/** People with an account on this node, in one role each. */
export class PersonService {
  readonly #parts: PersonParts

  constructor(parts: PersonParts) {
    this.#parts = parts
  }

  /** One page of the people the caller may see. */
  list(caller: Caller, query: PageQuery): Promise<Page<Person>> {
    const { database, store, organisations } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const page = await store.list(tx, query)
      const names = await organisations.names(
        tx,
        page.items.map(({ organisation_id }) => organisation_id),
      )
      return { ...page, items: page.items.map((row) => personOf(row, names)) }
    })
  }

  /**
   * Creates a person with a first password. Throws Problem organisation.not-found, role.not-found,
   * permission.missing (a role that may do more than the caller), person.email-taken.
   */
  async create(caller: Caller, { password, ...draft }: PersonDraft): Promise<Person> {
    const about = await this.aboutOf(draft)
    const password_hash = await this.#parts.accounts.hash(password, about)
    return this.#unlessTaken(draft.email, async () => {
      const { database, roles, organisations } = this.#parts
      await database.transact(caller.scope, async (tx) => {
        await organisations.require(tx, draft.organisation_id)
        await roles.grantable(tx, caller, draft.role_id)
      })
      return database.transact(systemScope, (tx) =>
        this.add(tx, caller.scope.actor, { ...draft, password_hash }),
      )
    })
  }

  /**
   * Changes a person; disabling or a new password ends the person's sessions. Throws Problem
   * person.not-found, role.not-found, permission.missing, person.last-administrator, password.own,
   * person.redacted, person.answers-for, service-account.owner-unfit.
   */
  async update(caller: Caller, id: string, change: PersonChange): Promise<Person> {
    const { database, store, accounts, handover } = this.#parts
    const { password, successor_id } = change
    // One's own needs the current one: who finds an open browser must not take the account over.
    if (password !== undefined && caller.person_id === id) throw new Problem('password.own')
    await database.transact(caller.scope, (tx) => this.#requireMayChange(tx, caller, id, change))
    const hash = password === undefined ? undefined : await this.#hashFor(id, password)
    // Credentials are the node's own rows: the caller's scope was asked above.
    return database.transact(systemScope, async (tx) => {
      // Administrators first, in the order of their ids: two who change each other cannot deadlock.
      const administering = await this.#parts.roles.administering(tx)
      const holders = await store.holdersOf(tx, administering)
      const before = await this.requireLocked(tx, id)
      if (isRedacted(before)) throw new Problem('person.redacted')
      const after = this.#changed(before, change)
      keepAdministrator(before, after, administering, holders)
      await store.replace(tx, after)
      await accounts.follow(tx, after, hash)
      if (after.disabled && !before.disabled) {
        await handover.leave(tx, caller, after, successor_id)
      }
      await this.#journalChange(tx, caller, before, after, hash !== undefined)
      return this.#named(tx, after)
    })
  }

  /** What a password of this person must not be made of: name, e-mail, organisation. */
  aboutOf({ name, email, organisation_id }: About): Promise<readonly string[]> {
    const { database, organisations } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const names = await organisations.names(tx, [organisation_id])
      return [name, email, names.get(organisation_id) ?? '']
    })
  }

  /** Throws Problem person.not-found, permission.missing (somebody who may do more than the caller). */
  requireMayManage(caller: Caller, id: string): Promise<void> {
    return this.#parts.database.transact(caller.scope, (tx) =>
      this.#requireMayChange(tx, caller, id, {}),
    )
  }

  /** Adds a person with account in the transaction of a larger act, which has the node's scope. */
  async add(tx: Tx, actor: Scope['actor'], made: NewPerson): Promise<Person> {
    const { store, accounts, journal, clock, newId } = this.#parts
    const { password_hash, ...facts } = made
    const now = clock.iso()
    const id = newId('person')
    const row = { ...facts, id, disabled: false, created_at: now, updated_at: now }
    await store.add(tx, row)
    await accounts.open(tx, row, password_hash)
    await journal.append(tx, {
      type: 'person.created',
      organisation_id: row.organisation_id,
      actor,
      authority: password_hash === null ? 'single sign-on' : 'person.manage',
      subject: id,
      after: row,
    })
    return this.#named(tx, row)
  }

  /** What a person changes about themselves; the password itself is the accounts' matter. */
  async changeOwn(
    tx: Tx,
    caller: Caller,
    before: PersonRow,
    language: Person['language'] | undefined,
    password: boolean,
  ): Promise<void> {
    const after = this.#changed(before, { language })
    await this.#parts.store.replace(tx, after)
    await this.#journalChange(tx, caller, before, after, password)
  }

  /** The person in the act of calling; undefined where there is none or the person is disabled. */
  async callerOf(tx: Tx, id: string, sessionId: string | null): Promise<Caller | undefined> {
    const row = await this.#parts.store.get(tx, id)
    if (!row || row.disabled) return undefined
    const { name, organisation_id, language } = row
    const role = await this.#parts.roles.require(tx, row.role_id)
    const caller = callerIn(role, { actor: { id, name }, organisation_id, language })
    return { ...caller, person_id: id, session_id: sessionId }
  }

  /** Enabled people whose role lets them do all of this to something of an organisation and TLP; needs the node's scope. */
  async ableTo(
    tx: Tx,
    permissions: readonly Permission[],
    of: { readonly organisation_id: string; readonly tlp_rank: number },
  ): Promise<string[]> {
    const roles = await this.#parts.roles.allowing(tx, permissions, of.tlp_rank)
    return this.#parts.store.inRoles(tx, roles, of.organisation_id)
  }

  /** Enabled people of the organisation itself whose role allows all of these up to a TLP. */
  async ableIn(
    tx: Tx,
    permissions: readonly Permission[],
    of: { readonly organisation_id: string; readonly tlp_rank: number },
  ): Promise<PersonRow[]> {
    const roles = await this.#parts.roles.allowing(tx, permissions, of.tlp_rank)
    return this.#parts.store.ofOrganisation(tx, roles, of.organisation_id)
  }

  /** In any case of its letters; undefined where nobody has it. */
  byEmail(tx: Tx, email: string): Promise<PersonRow | undefined> {
    return this.#parts.store.byEmail(tx, email)
  }

  /** Throws Problem person.not-found. */
  async get(tx: Tx, id: string): Promise<Person> {
    return this.#named(tx, await this.require(tx, id))
  }

  /** Names by identifier, for as many of these as the scope of the transaction shows. */
  names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#parts.store.names(tx, ids)
  }

  /** Name, organisation and whether the account is shut, for as many of these as the scope shows. */
  async named(tx: Tx, ids: readonly string[]) {
    const rows = await this.#parts.store.named(tx, ids)
    return new Map(rows.map(({ id, ...row }) => [id, row]))
  }

  /** Throws Problem person.not-found, also where the scope hides the person. */
  async require(tx: Tx, id: string): Promise<PersonRow> {
    const found = await this.#parts.store.get(tx, id)
    if (!found) throw new Problem('person.not-found', id)
    return found
  }

  /** The same, locked until the transaction ends. Throws Problem person.not-found. */
  async requireLocked(tx: Tx, id: string): Promise<PersonRow> {
    const found = await this.#parts.store.lock(tx, id)
    if (!found) throw new Problem('person.not-found', id)
    return found
  }

  async #hashFor(id: string, password: string): Promise<string> {
    const { database, accounts } = this.#parts
    const person = await database.transact(systemScope, (tx) => this.require(tx, id))
    return accounts.hash(password, await this.aboutOf(person))
  }

  async #requireMayChange(tx: Tx, caller: Caller, id: string, change: PersonChange): Promise<void> {
    const { roles } = this.#parts
    const person = await this.require(tx, id)
    await roles.grantable(tx, caller, person.role_id)
    if (change.role_id !== undefined) await roles.grantable(tx, caller, change.role_id)
  }

  #changed(before: PersonRow, told: PersonChange): PersonRow {
    const { password: _, successor_id: __, ...change } = told
    const named = Object.entries(change).filter(([, value]) => value !== undefined)
    return { ...before, ...Object.fromEntries(named), updated_at: this.#parts.clock.iso() }
  }

  async #journalChange(
    tx: Tx,
    caller: Caller,
    before: PersonRow,
    after: PersonRow,
    password: boolean,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type: 'person.updated',
      organisation_id: after.organisation_id,
      actor: caller.scope.actor,
      authority: caller.person_id === after.id ? 'signed-in' : 'person.manage',
      subject: after.id,
      reason: password ? 'password replaced' : '',
      before,
      after,
    })
  }

  async #named(tx: Tx, row: PersonRow): Promise<Person> {
    return personOf(row, await this.#parts.organisations.names(tx, [row.organisation_id]))
  }

  async #unlessTaken<T>(email: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!violates(error, 'person_email')) throw error
      throw new Problem('person.email-taken', email)
    }
  }
}

/** The person as others see one; an organisation outside the scope keeps its name to itself. */
function personOf(row: PersonRow, names: ReadonlyMap<string, string>): Person {
  const { updated_at: _, ...person } = row
  return { ...person, organisation_name: names.get(row.organisation_id) ?? '' }
}
