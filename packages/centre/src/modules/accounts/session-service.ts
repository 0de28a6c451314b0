import type { PasskeyShown, SessionFactor } from '@haidang/contracts/factor'
import type { Language, Me } from '@haidang/contracts/person'
import type { SessionEnd } from '@haidang/contracts/session-end'
import type { Caller } from '@haidang/runtime/caller'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Client } from '../../http/client.ts'
import type { WithCookies } from '../../http/with-cookies.ts'
import { personIdOf } from '../../signed-in.ts'
import type { FactorService } from '../factors/factor-service.ts'
import type { PasskeyService } from '../factors/passkey-service.ts'
import type { PolicyService } from '../factors/policy-service.ts'
import type { PersonRow, PersonService } from '../people/person-service.ts'
import type { AccountService } from './account-service.ts'
import type { AccountStore } from './account-store.ts'
import type { MeView } from './me-view.ts'
import type { OpenSessionStore, Standing } from './open-session-store.ts'
import { outlived, useResolution } from './session.ts'
import { endingBecause, SessionEndStore } from './session-end-store.ts'
import type { Opened, SessionStore } from './session-store.ts'
import type { ThrottleService } from './throttle-service.ts'

interface SessionParts {
  readonly database: Database
  readonly people: PersonService
  readonly accounts: AccountStore
  readonly passwords: AccountService
  readonly store: SessionStore
  readonly open: OpenSessionStore
  readonly factors: FactorService
  readonly passkeys: PasskeyService
  readonly policies: PolicyService
  readonly throttle: ThrottleService
  readonly me: MeView
  readonly journal: Journal
}

interface Credentials {
  readonly email: string
  readonly password: string
  readonly code?: string | undefined
}

/** A session and what it was opened with, or why there is none. */
type Answer =
  | (Opened & { readonly factor: SessionFactor })
  | 'session.refused'
  | 'session.factor-required'
  | 'session.factor-wrong'

interface Proof {
  readonly person: PersonRow
  readonly factor: SessionFactor
}

interface SessionChange {
  readonly language?: Language | undefined
  readonly password?: { readonly current: string; readonly next: string } | undefined
}

/** Signing in and out, and who a cookie stands for. Sessions live on the server; a cookie only names one. */
export class SessionService {
  readonly #parts: SessionParts
  readonly #ends = new SessionEndStore()

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  /**
   * Opens a new session; one the browser still had ends. Throws Problem session.refused, with the same
   * words and after the same work for an unknown e-mail, a wrong password and a disabled person; session.locked;
   * after the right password session.factor-required, session.factor-wrong.
   */
  async open(client: Client, given: Credentials): Promise<WithCookies<Me>> {
    const { database, throttle, people, me } = this.#parts
    const { email } = given
    await throttle.attempt(email, client.address)
    const ties = await me.ties()
    // A refusal is written too, so the transaction ends well either way.
    const opened = await database.transact(systemScope, async (tx) => {
      const person = await people.byEmail(tx, email)
      const answer = await this.#signIn(tx, client, person, given)
      if (answer === 'session.factor-required') await throttle.undecided(tx, client.address)
      else await this.#journalOpening(tx, client, { person, email }, answer)
      if (typeof answer === 'string' || !person) return answer
      await throttle.succeeded(tx, email, client.address)
      return { body: await me.of(tx, person.id, ties, answer.factor), cookies: answer.cookies }
    })
    if (typeof opened === 'string') throw new Problem(opened)
    if (!('body' in opened)) throw new Problem('session.refused')
    return opened
  }

  /** The same by a passkey, which is two factors in one. Throws Problem passkey.refused, session.locked. */
  async openByPasskey(client: Client, shown: PasskeyShown): Promise<WithCookies<Me>> {
    const { passkeys, people } = this.#parts
    return this.openBy(client, async (tx) => {
      const person = await people.require(tx, await passkeys.verify(tx, client, shown))
      if (person.disabled) throw new Problem('passkey.refused')
      return { person, factor: 'passkey' }
    })
  }

  /** The same for an enabled person whom `prove` names, and what they have shown. Throws what `prove` throws. */
  async openBy(client: Client, prove: (tx: Tx) => Promise<Proof>): Promise<WithCookies<Me>> {
    const { database, me } = this.#parts
    const ties = await me.ties()
    return database.transact(systemScope, async (tx) => {
      const { person, factor } = await prove(tx)
      const cookies = await this.openFor(tx, client, person, factor)
      return { body: await me.of(tx, person.id, ties, factor), cookies }
    })
  }

  /** Opens a session for an enabled person who has proved otherwise who they are; gives back its cookies. */
  async openFor(
    tx: Tx,
    client: Client,
    person: PersonRow,
    factor: SessionFactor,
  ): Promise<readonly string[]> {
    const { store } = this.#parts
    const opened = await store.openFor(tx, client, person.id, await this.#seconds(tx))
    await this.#begin(tx, client, opened, factor)
    const { email } = person
    await this.#journalOpening(tx, client, { person, email }, { ...opened, factor })
    return opened.cookies
  }

  /** Who is signed in. Throws Problem session.required for an API key. */
  async read(caller: Caller): Promise<Me> {
    const { database, open, me } = this.#parts
    const personId = personIdOf(caller)
    const ties = await me.ties()
    return database.transact(systemScope, async (tx) => {
      const standing = await open.standing(tx, caller.session_id ?? '')
      return me.of(tx, personId, ties, standing?.factor ?? 'password')
    })
  }

  /**
   * Changes one's own language or password; a new password ends every other session.
   * Throws Problem password.wrong, session.locked, session.required, password.common and its like.
   */
  async update(caller: Caller, client: Client, change: SessionChange): Promise<WithCookies<Me>> {
    const { database, people, passwords, throttle, me } = this.#parts
    const personId = personIdOf(caller)
    const person = await database.transact(systemScope, (tx) => people.require(tx, personId))
    if (change.password) {
      passwords.requireStrong(change.password.next, await people.aboutOf(person))
      await throttle.attempt(person.email, client.address)
    }
    const ties = await me.ties()
    return database.transact(systemScope, async (tx) => {
      // Read again under a lock: whoever was disabled or demoted meanwhile stays so.
      const own = await people.requireLocked(tx, personId)
      if (own.disabled) throw new Problem('session.required')
      const factor = (await this.#parts.open.standing(tx, caller.session_id ?? ''))?.factor
      const cookies = change.password
        ? await this.#changePassword(tx, client, own, change.password, factor)
        : []
      await people.changeOwn(tx, caller, own, change.language, change.password !== undefined)
      return { body: await me.of(tx, personId, ties, factor ?? 'password'), cookies }
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

  /**
   * Who calls with this cookie; undefined without a living session of an enabled person, and where the person's role
   * needs a second factor this session has not shown.
   */
  async callerOf(client: Client): Promise<Caller | undefined> {
    if (!client.cookie) return undefined
    const { database, store, open, people, factors } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const found = await store.find(tx, client)
      const standing = found && (await open.standing(tx, found.id))
      if (!found || !standing || !(await this.#lives(tx, found, standing))) return undefined
      const caller = await people.callerOf(tx, found.person_id, found.id)
      return caller && factors.admit(tx, caller, standing.factor)
    })
  }

  /** Why the session of this cookie admits nobody any more; null where it does, and for whoever never had one. */
  async endOf(client: Client): Promise<SessionEnd | null> {
    const { database, store } = this.#parts
    const token = store.tokenIn(client)
    if (token === undefined || (await this.callerOf(client))) return null
    return database.transact(systemScope, async (tx) => {
      const living = await store.find(tx, client)
      if (living) return { reason: 'factor-needed', ended_at: null }
      return (await this.#ends.of(tx, token)) ?? null
    })
  }

  /** Ends a session that outlived what the policy allows; else remembers that it was used. */
  async #lives(
    tx: Tx,
    { id, person_id }: { readonly id: string; readonly person_id: string },
    standing: Standing,
  ): Promise<boolean> {
    const { open, policies } = this.#parts
    if (outlived(standing, await policies.of(tx))) {
      const { absolute_hours } = await policies.of(tx)
      const isOld = standing.age > absolute_hours * 3600
      await open.end(tx, person_id, id, isOld ? 'expired' : 'idle')
      return false
    }
    if (standing.idle >= useResolution) await open.noteUse(tx, id)
    return true
  }

  async #signIn(
    tx: Tx,
    client: Client,
    person: PersonRow | undefined,
    given: Credentials,
  ): Promise<Answer> {
    const { store, open, factors } = this.#parts
    const opened = await store.signIn(tx, client, given, await this.#seconds(tx))
    if (!opened) return 'session.refused'
    const factor = person?.disabled === false && (await factors.judge(tx, person, given.code))
    if (factor && factor !== 'code-required' && factor !== 'code-wrong') {
      await this.#begin(tx, client, opened, factor)
      return { ...opened, factor }
    }
    await open.endOpened(tx, opened.token)
    if (!factor) return 'session.refused'
    return factor === 'code-wrong' ? 'session.factor-wrong' : 'session.factor-required'
  }

  async #begin(tx: Tx, client: Client, { token }: Opened, factor: SessionFactor): Promise<void> {
    const { store, open, accounts } = this.#parts
    await open.markOpened(tx, token, factor)
    await accounts.endExpired(tx)
    await this.#ends.forgetOld(tx)
    // The browser's old session ends; its cookie is replaced by the new one anyway.
    if (client.cookie) await store.signOut(tx, client)
  }

  async #seconds(tx: Tx): Promise<number> {
    return (await this.#parts.policies.of(tx)).absolute_hours * 3600
  }

  async #changePassword(
    tx: Tx,
    client: Client,
    { email }: PersonRow,
    change: NonNullable<SessionChange['password']>,
    factor: SessionFactor = 'password',
  ): Promise<readonly string[]> {
    const { store, open, throttle } = this.#parts
    await endingBecause(tx, 'password-changed')
    const changed = await store.changePassword(tx, client, change, await this.#seconds(tx))
    if (!changed) throw new Problem('password.wrong')
    await open.markOpened(tx, changed.token, factor)
    await throttle.succeeded(tx, email, client.address)
    return changed.cookies
  }

  async #journalOpening(
    tx: Tx,
    { address }: Client,
    { person, email }: { readonly person: PersonRow | undefined; readonly email: string },
    answer: Answer,
  ): Promise<void> {
    const refused = typeof answer === 'string'
    await this.#parts.journal.append(tx, {
      type: refused ? 'session.refused' : 'session.opened',
      organisation_id: person?.organisation_id ?? null,
      actor: { id: person?.id ?? 'unknown', name: person?.name ?? email },
      authority: 'public',
      subject: person?.id ?? 'unknown',
      reason: refused ? answer : '',
      after: refused ? { email, address } : { email, address, factor: answer.factor },
    })
  }
}
