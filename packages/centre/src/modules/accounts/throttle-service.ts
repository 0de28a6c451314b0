import { millisecondsOf } from '@haidang/contracts/instant'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { AccountStore } from './account-store.ts'
import { addressKey, failureMemory, lockAfter, lockRules } from './session.ts'

/** The refusal while a lock stands; whoever shows it says in their own words how long that is. */
class Locked extends Problem {
  readonly #seconds: number

  constructor(seconds: number) {
    super('session.locked', `try again in ${seconds} seconds`)
    this.#seconds = seconds
  }

  override get extension() {
    return { retry_after: this.#seconds }
  }
}

/** Slows guessing down: failures are counted by account and by address before the password is looked at. */
export class ThrottleService {
  readonly #database: Database
  readonly #accounts: AccountStore
  readonly #clock: Clock

  constructor(database: Database, accounts: AccountStore, clock: Clock) {
    this.#database = database
    this.#accounts = accounts
    this.#clock = clock
  }

  /**
   * Counts an attempt as failed until `succeeded` says otherwise, whether or not the account exists.
   * Throws Problem session.locked, with the seconds to wait.
   */
  async attempt(email: string, address: string): Promise<void> {
    const locked = await this.#database.transact(systemScope, async (tx) => {
      await this.#accounts.forgetFailuresBefore(tx, isoOf(this.#clock.now() - failureMemory))
      // Always account first, so that two attempts never wait for each other crosswise.
      const waits = [
        await this.#count(tx, accountSubject(email), lockRules.account),
        await this.#count(tx, addressSubject(address), lockRules.address),
      ]
      return Math.max(...waits)
    })
    if (locked <= 0) return
    throw new Locked(Math.ceil(locked / 1000))
  }

  /** The attempt was good: the account starts anew, the address gets its count back. */
  async succeeded(tx: Tx, email: string, address: string): Promise<void> {
    await this.#accounts.forgetFailure(tx, accountSubject(email))
    await this.#accounts.uncountFailure(tx, addressSubject(address))
  }

  /**
   * The password was right but a code is still missing: the account keeps its count, or codes could be guessed
   * for ever by whoever knows the password; the address, behind which many may sit, gets its count back.
   */
  async undecided(tx: Tx, address: string): Promise<void> {
    await this.#accounts.uncountFailure(tx, addressSubject(address))
  }

  /** Milliseconds a lock still stands that was there before this attempt. */
  async #count(
    tx: Tx,
    subject: string,
    rule: (typeof lockRules)[keyof typeof lockRules],
  ): Promise<number> {
    const now = this.#clock.now()
    const { failures, locked_until } = await this.#accounts.countFailure(tx, subject, isoOf(now))
    const standing = locked_until === null ? 0 : millisecondsOf(locked_until) - now
    if (standing > 0) return standing
    const next = lockAfter(failures, rule)
    if (next > 0) await this.#accounts.lock(tx, subject, isoOf(now + next))
    return 0
  }
}

function accountSubject(email: string): string {
  return `account:${email.toLowerCase()}`
}

function addressSubject(address: string): string {
  return `address:${addressKey(address)}`
}
