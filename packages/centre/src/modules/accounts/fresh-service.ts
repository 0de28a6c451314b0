import type { Caller } from '@haidang/runtime/caller'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { Client } from '../../http/client.ts'
import { isPasswordOf } from '../../password-hash.ts'
import { personIdOf } from '../../signed-in.ts'
import type { PersonService } from '../people/person-service.ts'
import type { AccountStore } from './account-store.ts'
import type { OpenSessionStore } from './open-session-store.ts'
import type { ThrottleService } from './throttle-service.ts'

interface FreshParts {
  readonly database: Database
  readonly people: PersonService
  readonly accounts: AccountStore
  readonly sessions: OpenSessionStore
  readonly throttle: ThrottleService
}

/** Seconds after signing in during which one may change how one signs in without the password. */
const freshSeconds = 600

/** Whoever finds an open browser must not be able to change how its owner signs in. */
export class FreshService {
  readonly #parts: FreshParts

  constructor(parts: FreshParts) {
    this.#parts = parts
  }

  /**
   * Passes somebody who signed in just now or knows the password. Throws Problem session.stale without a password,
   * password.wrong, session.locked.
   */
  async require(caller: Caller, client: Client, password: string | undefined): Promise<void> {
    if (password !== undefined) return this.#prove(caller, client, password)
    const { database, sessions } = this.#parts
    const standing = await database.transact(systemScope, (tx) =>
      sessions.standing(tx, caller.session_id ?? ''),
    )
    if (!standing || standing.age > freshSeconds) throw new Problem('session.stale')
  }

  async #prove(caller: Caller, client: Client, password: string): Promise<void> {
    const { database, people, accounts, throttle } = this.#parts
    const personId = personIdOf(caller)
    const [{ email }, hash] = await database.transact(systemScope, async (tx) => [
      await people.require(tx, personId),
      await accounts.passwordHash(tx, personId),
    ])
    await throttle.attempt(email, client.address)
    const right = hash !== undefined && (await isPasswordOf(hash, password))
    if (!right) throw new Problem('password.wrong')
    await database.transact(systemScope, (tx) => throttle.succeeded(tx, email, client.address))
  }
}
