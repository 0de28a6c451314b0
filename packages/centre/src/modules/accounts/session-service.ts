import type { Language, Me } from '@haidang/contracts/person'
import type { Caller } from '@haidang/runtime/caller'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { PersonRow, PersonService } from '../people/person-service.ts'
import type { AccountStore } from './account-store.ts'
import type { MeView } from './me-view.ts'
import type { Client, SessionStore } from './session-store.ts'
import type { ThrottleService } from './throttle-service.ts'

interface SessionParts {
  readonly database: Database
  readonly people: PersonService
  readonly accounts: AccountStore
  readonly store: SessionStore
  readonly throttle: ThrottleService
  readonly me: MeView
  readonly journal: Journal
}

/** An answer and the `Set-Cookie` headers that go with it. */
export interface WithCookies<T> {
  readonly body: T
  readonly cookies: readonly string[]
}

interface SessionChange {
  readonly language?: Language | undefined
  readonly password?: { readonly current: string; readonly next: string } | undefined
}

/** Signing in and out, and who a cookie stands for. Sessions live on the server; a cookie only names one. */
export class SessionService {
  readonly #parts: SessionParts

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  /**
   * Opens a new session; one the browser still had ends. Throws Problem session.refused, with the same
   * words and after the same work for an unknown e-mail, a wrong password and a disabled person, or session.locked.
   */
  async open(
    client: Client,
    { email, password }: { readonly email: string; readonly password: string },
  ): Promise<WithCookies<Me>> {
    const { database, throttle, me } = this.#parts
    await throttle.attempt(email, client.address)
    const ties = await me.ties()
    // A refusal is written too, so the transaction ends well either way.
    const opened = await database.transact(systemScope, async (tx) => {
      const person = await this.#parts.people.byEmail(tx, email)
      const cookies = await this.#signIn(tx, client, person, email, password)
      await this.#journalOpening(tx, client, person, email, cookies !== undefined)
      if (!person || !cookies) return undefined
      await throttle.succeeded(tx, email, client.address)
      return { body: await me.of(tx, person.id, ties), cookies }
    })
    if (!opened) throw new Problem('session.refused')
    return opened
  }

  /** Who is signed in; a session in use is prolonged. Throws Problem session.required for an API key. */
  async read(caller: Caller, client: Client): Promise<WithCookies<Me>> {
    const { database, store, me } = this.#parts
    const personId = personIdOf(caller)
    const ties = await me.ties()
    return database.transact(systemScope, async (tx) => {
      const found = await store.find(tx, client, true)
      return { body: await me.of(tx, personId, ties), cookies: found?.cookies ?? [] }
    })
  }

  /**
   * Changes one's own language or password; a new password ends every other session.
   * Throws Problem password.wrong, session.locked, session.required.
   */
  async update(caller: Caller, client: Client, change: SessionChange): Promise<WithCookies<Me>> {
    const { database, people, throttle, me } = this.#parts
    const personId = personIdOf(caller)
    const { email } = await database.transact(systemScope, (tx) => people.require(tx, personId))
    if (change.password) await throttle.attempt(email, client.address)
    const ties = await me.ties()
    return database.transact(systemScope, async (tx) => {
      // Read again under a lock: whoever was disabled or demoted meanwhile stays so.
      const own = await people.requireLocked(tx, personId)
      if (own.disabled) throw new Problem('session.required')
      const cookies = change.password
        ? await this.#changePassword(tx, client, own, change.password)
        : []
      await people.changeOwn(tx, caller, own, change.language, change.password !== undefined)
      return { body: await me.of(tx, personId, ties), cookies }
    })
  }

  /** Ends the caller's session and takes the cookie back. */
  close(caller: Caller, client: Client): Promise<readonly string[]> {
    const { database, store, journal } = this.#parts
    const personId = personIdOf(caller)
    return database.transact(systemScope, async (tx) => {
      const cookies = await store.signOut(tx, client)
      await journal.append(tx, {
        type: 'session.closed',
        organisation_id: caller.organisation_id,
        actor: caller.scope.actor,
        authority: 'signed-in',
        subject: personId,
      })
      return cookies
    })
  }

  /** Who calls with this cookie; undefined without a living session of an enabled person. */
  async callerOf(client: Client): Promise<Caller | undefined> {
    if (!client.cookie) return undefined
    const { database, store, people } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const found = await store.find(tx, client, false)
      return found && people.callerOf(tx, found.person_id, found.id)
    })
  }

  async #signIn(
    tx: Tx,
    client: Client,
    person: PersonRow | undefined,
    email: string,
    password: string,
  ): Promise<readonly string[] | undefined> {
    const { store, accounts } = this.#parts
    const opened = await store.signIn(tx, client, email, password)
    if (!opened) return undefined
    if (!person || person.disabled) {
      await accounts.endSessions(tx, opened.person_id)
      return undefined
    }
    await accounts.endExpired(tx)
    // The browser's old session ends; its cookie is replaced by the new one anyway.
    if (client.cookie) await store.signOut(tx, client)
    return opened.cookies
  }

  async #changePassword(
    tx: Tx,
    client: Client,
    { email }: PersonRow,
    { current, next }: NonNullable<SessionChange['password']>,
  ): Promise<readonly string[]> {
    const { store, throttle } = this.#parts
    const cookies = await store.changePassword(tx, client, current, next)
    if (!cookies) throw new Problem('password.wrong')
    await throttle.succeeded(tx, email, client.address)
    return cookies
  }

  async #journalOpening(
    tx: Tx,
    { address }: Client,
    person: PersonRow | undefined,
    email: string,
    opened: boolean,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type: opened ? 'session.opened' : 'session.refused',
      organisation_id: person?.organisation_id ?? null,
      actor: { id: person?.id ?? 'unknown', name: person?.name ?? email },
      authority: 'public',
      subject: person?.id ?? 'unknown',
      after: { email, address },
    })
  }
}

/** Throws Problem session.required: a key or the command line has no session of its own. */
function personIdOf({ person_id }: Caller): string {
  if (person_id === null) throw new Problem('session.required', 'an API key has no session')
  return person_id
}
