import type { Factors, SessionFactor } from '@haidang/contracts/factor'
import { foldVietnamese } from '@haidang/contracts/fold'
import type { Seal } from '@haidang/link/keys/seal'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Client } from '../../http/client.ts'
import type { WithCookies } from '../../http/with-cookies.ts'
import { personIdOf } from '../../signed-in.ts'
import type { FreshService } from '../accounts/fresh-service.ts'
import type { SessionListService } from '../accounts/session-list-service.ts'
import type { ThrottleService } from '../accounts/throttle-service.ts'
import type { PersonRow, PersonService } from '../people/person-service.ts'
import type { FactorStore } from './factor-store.ts'
import { type PasskeyStore, passkeyOf } from './passkey-store.ts'
import type { PolicyService } from './policy-service.ts'
import { newRecoveryCodes, recoveryHash } from './recovery-code.ts'
import { newTotpSecret, stepOf, totpUri } from './totp.ts'

interface FactorParts {
  readonly database: Database
  readonly store: FactorStore
  readonly passkeys: PasskeyStore
  readonly sessions: SessionListService
  readonly policies: PolicyService
  readonly people: PersonService
  readonly throttle: ThrottleService
  readonly fresh: FreshService
  readonly seal: Seal
  readonly journal: Journal
  readonly clock: Clock
  /** As set-up named the node: what an authenticator shows as issuer. */
  readonly nodeName: () => string
}

/** What stands against opening a session after the right password, or the factor it opens with. */
type Verdict = SessionFactor | 'code-required' | 'code-wrong'

type Codes = { recovery_codes: string[] }
/** What the journal is told of it. */
interface FactorChange {
  readonly type: 'factor.added' | 'factor.removed' | 'passkey.added' | 'passkey.removed'
  readonly after: object
}

/** Authenticators, recovery codes, and whether a session is enough for its holder's role. */
export class FactorService {
  readonly #parts: FactorParts

  constructor(parts: FactorParts) {
    this.#parts = parts
  }

  read(caller: Caller): Promise<Factors> {
    return this.#parts.database.transact(systemScope, (tx) => this.of(tx, personIdOf(caller)))
  }

  async of(tx: Tx, personId: string): Promise<Factors> {
    const { store, passkeys } = this.#parts
    return {
      totp_since: (await store.totp(tx, personId))?.confirmed_at ?? null,
      recovery_codes_left: await store.codesLeft(tx, personId),
      passkeys: (await passkeys.of(tx, personId)).map(passkeyOf),
    }
  }

  /** A new secret, which counts once `confirm` has seen a code. Throws Problem factor.exists, session.stale, password.wrong. */
  async begin(
    caller: Caller,
    client: Client,
    password: string | undefined,
  ): Promise<{ secret: string; uri: string }> {
    const { database, store, people, fresh, seal, clock, nodeName } = this.#parts
    const personId = personIdOf(caller)
    await fresh.require(caller, client, password)
    const secret = newTotpSecret()
    return database.transact(systemScope, async (tx) => {
      const { email } = await people.require(tx, personId)
      const begun = await store.begin(tx, personId, seal.seal(personId, secret), clock.iso())
      if (!begun) throw new Problem('factor.exists')
      return { secret, uri: totpUri(secret, issuerOf(nodeName()), email) }
    })
  }

  /**
   * The authenticator counts from now on; every other session of the person ends. Answers recovery codes,
   * shown now and never again. Throws Problem factor.not-found, factor.exists, session.factor-wrong, session.locked.
   */
  confirm(caller: Caller, client: Client, code: string): Promise<WithCookies<Codes>> {
    const { store, seal, clock } = this.#parts
    return this.#attempt(caller, client, async (tx, person) => {
      const kept = await store.totp(tx, person.id)
      if (!kept) throw new Problem('factor.not-found')
      if (kept.confirmed_at !== null) throw new Problem('factor.exists')
      const step = stepOf(seal.open(person.id, kept.sealed_secret), digitsOf(code), clock.now())
      if (step === undefined) return undefined
      await store.confirm(tx, person.id, step, clock.iso())
      const recovery_codes = await this.#newCodes(tx, person.id)
      const told = { type: 'factor.added', after: { kind: 'totp' } } as const
      const cookies = await this.changed(tx, caller, client, person, told)
      return { body: { recovery_codes }, cookies }
    })
  }

  /** Throws Problem factor.not-found, session.factor-wrong, session.locked. */
  remove(caller: Caller, client: Client, code: string): Promise<WithCookies<Factors>> {
    return this.#attempt(caller, client, async (tx, person) => {
      await this.#requireTotp(tx, person.id)
      if (!(await this.#spend(tx, person.id, code))) return undefined
      await this.#parts.store.remove(tx, person.id)
      const told = { type: 'factor.removed', after: { kind: 'totp' } } as const
      const cookies = await this.changed(tx, caller, client, person, told)
      return { body: await this.of(tx, person.id), cookies }
    })
  }

  /** Throws Problem factor.not-found, session.factor-wrong, session.locked. */
  renewCodes(caller: Caller, client: Client, code: string): Promise<WithCookies<Codes>> {
    return this.#attempt(caller, client, async (tx, person) => {
      await this.#requireTotp(tx, person.id)
      if (!(await this.#spend(tx, person.id, code))) return undefined
      const recovery_codes = await this.#newCodes(tx, person.id)
      await this.note(tx, caller.scope.actor, person, 'factor.codes-renewed', {})
      return { body: { recovery_codes }, cookies: await this.#renew(tx, client) }
    })
  }

  /** After the right password: what else is needed, or with what the session opens. A code opens once. */
  async judge(tx: Tx, person: PersonRow, code: string | undefined): Promise<Verdict> {
    const { store, passkeys } = this.#parts
    const kept = await store.totp(tx, person.id)
    if (kept?.confirmed_at) {
      if (code === undefined) return 'code-required'
      return (await this.#spend(tx, person.id, code)) ?? 'code-wrong'
    }
    if (!(await this.#needed(tx, person))) return 'password'
    // Nothing to type, but a passkey to show: the password alone is not enough.
    return (await passkeys.of(tx, person.id)).length > 0 ? 'code-required' : 'password'
  }

  /** Whether somebody must first set up a second factor: the role needs one, the session has shown none. */
  async missing(
    tx: Tx,
    person: Pick<PersonRow, 'role_id'>,
    factor: SessionFactor,
  ): Promise<boolean> {
    return isSingle(factor) && (await this.#needed(tx, person))
  }

  /**
   * The caller as this session lets them in: whole; with no right at all where a second factor must first be set up;
   * undefined where there is one and this session has not shown it.
   */
  async admit(tx: Tx, caller: Caller, factor: SessionFactor): Promise<Caller | undefined> {
    if (!isSingle(factor)) return caller
    const person = await this.#parts.people.require(tx, personIdOf(caller))
    if (!(await this.#needed(tx, person))) return caller
    const { totp_since, passkeys } = await this.of(tx, person.id)
    if (totp_since !== null || passkeys.length > 0) return undefined
    const scope = { ...caller.scope, organisations: [], clearance: 0 }
    return { ...caller, scope, permissions: new Set() }
  }

  /** False for a question, kept until its end, that was answered before. */
  spendOnce(tx: Tx, question: string, until: string): Promise<boolean> {
    const { passkeys, clock } = this.#parts
    return passkeys.spend(tx, question, until, clock.iso())
  }

  /**
   * Takes every factor away, for a person who has lost them: the next sign-in needs the password alone, and then
   * a new factor where the role asks for it.
   */
  async forget(tx: Tx, personId: string): Promise<void> {
    const { store, passkeys } = this.#parts
    await store.remove(tx, personId)
    for (const { id } of await passkeys.of(tx, personId)) await passkeys.remove(tx, personId, id)
  }

  /**
   * A factor came or went: this session knows it and goes on under a new token, whose cookies are answered; every other
   * one ends, the journal tells.
   */
  async changed(
    tx: Tx,
    caller: Caller,
    client: Client,
    person: PersonRow,
    { type, after }: FactorChange,
  ): Promise<readonly string[]> {
    const { sessions } = this.#parts
    const { totp_since, passkeys } = await this.of(tx, person.id)
    const session = caller.session_id ?? ''
    if (type === 'factor.added') await sessions.mark(tx, session, 'totp')
    else if (type === 'passkey.added') await sessions.mark(tx, session, 'passkey')
    else if (totp_since === null && passkeys.length === 0) {
      await sessions.mark(tx, session, 'password')
    }
    await sessions.endOthersIn(tx, person.id, session)
    await this.note(tx, caller.scope.actor, person, type, after)
    return this.#renew(tx, client)
  }

  async note(
    tx: Tx,
    actor: EntryDraft['actor'],
    { id, organisation_id }: PersonRow,
    type: EntryDraft['type'],
    after: object,
  ): Promise<void> {
    const entry = { type, organisation_id, actor, authority: 'signed-in', subject: id, after }
    await this.#parts.journal.append(tx, entry)
  }

  async #renew(tx: Tx, client: Client): Promise<readonly string[]> {
    const { sessions, policies } = this.#parts
    return sessions.renewIn(tx, client, (await policies.of(tx)).absolute_hours * 3600)
  }

  /** Counts a wrong code like a wrong password: guesses at both share one lock. */
  async #attempt<T>(
    caller: Caller,
    client: Client,
    work: (tx: Tx, person: PersonRow) => Promise<T | undefined>,
  ): Promise<T> {
    const { database, people, throttle } = this.#parts
    const personId = personIdOf(caller)
    const { email } = await database.transact(systemScope, (tx) => people.require(tx, personId))
    await throttle.attempt(email, client.address)
    return database.transact(systemScope, async (tx) => {
      const done = await work(tx, await people.requireLocked(tx, personId))
      if (done === undefined) throw new Problem('session.factor-wrong')
      await throttle.succeeded(tx, email, client.address)
      return done
    })
  }

  async #needed(tx: Tx, { role_id }: Pick<PersonRow, 'role_id'>): Promise<boolean> {
    return (await this.#parts.policies.of(tx)).factor_roles.includes(role_id)
  }

  async #requireTotp(tx: Tx, personId: string): Promise<void> {
    const kept = await this.#parts.store.totp(tx, personId)
    if (!kept?.confirmed_at) throw new Problem('factor.not-found')
  }

  async #spend(tx: Tx, personId: string, code: string): Promise<SessionFactor | undefined> {
    const { store, seal, clock } = this.#parts
    const digits = digitsOf(code)
    if (!/^\d{6}$/.test(digits)) {
      return (await store.spendCode(tx, personId, recoveryHash(code))) ? 'recovery-code' : undefined
    }
    const kept = await store.totp(tx, personId)
    if (!kept?.confirmed_at) return undefined
    const step = stepOf(seal.open(personId, kept.sealed_secret), digits, clock.now())
    if (step === undefined || !(await store.spendStep(tx, personId, step))) return undefined
    return 'totp'
  }

  async #newCodes(tx: Tx, personId: string): Promise<string[]> {
    const codes = newRecoveryCodes()
    await this.#parts.store.replaceCodes(tx, personId, codes.map(recoveryHash))
    return codes
  }
}

/** Whether a session was opened with one factor only. */
function isSingle(factor: SessionFactor): boolean {
  return factor === 'password' || factor === 'provider-alone'
}

/** Plain letters: each letter with marks would take six in the picture. */
function issuerOf(nodeName: string): string {
  const plain = foldVietnamese(nodeName).replace(/[^\w .-]/g, '')
  return `Hai Dang ${plain.slice(0, 30)}`.trim()
}

/** Authenticators write their codes in two groups. */
function digitsOf(code: string): string {
  return code.replace(/[\s-]/g, '')
}
