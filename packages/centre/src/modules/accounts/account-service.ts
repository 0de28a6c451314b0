import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { weaknessOf } from '../../password.ts'
import { hashOfPassword } from '../../password-hash.ts'
import type { AccountStore } from './account-store.ts'

/** Credentials of people, for the module that knows who they are. Every method needs the node's scope. */
export class AccountService {
  readonly #store: AccountStore
  readonly #common: ReadonlySet<string>

  /** `common` are the most used passwords, in small letters. */
  constructor(store: AccountStore, common: ReadonlySet<string>) {
    this.#store = store
    this.#common = common
  }

  /**
   * Refuses a new password that is easily guessed; `about` are names, e-mail and organisation of its holder.
   * Throws Problem password.common, password.repeated, password.personal, which name the remedy.
   */
  requireStrong(password: string, about: readonly string[]): void {
    const weakness = weaknessOf(password, about, this.#common)
    if (weakness) throw new Problem(weakness)
  }

  /**
   * scrypt with its own salt. Ask before a transaction begins: it takes longer than a lock should be held.
   * Throws what `requireStrong` throws.
   */
  async hash(password: string, about: readonly string[]): Promise<string> {
    this.requireStrong(password, about)
    return hashOfPassword(password)
  }

  /** Lets a person sign in: with e-mail and password, or, without one, at a provider of single sign-on. */
  async open(
    tx: Tx,
    person: { readonly id: string; readonly name: string; readonly email: string },
    passwordHash: string | null,
  ): Promise<void> {
    const { id, name, email } = person
    await this.#store.add(tx, { person_id: id, name, email, password_hash: passwordHash })
  }

  async hasPassword(tx: Tx, personId: string): Promise<boolean> {
    return (await this.#store.passwordHash(tx, personId)) !== undefined
  }

  /** Keeps the account in step with the person; a new password or disabling ends every session. */
  async follow(
    tx: Tx,
    person: { readonly id: string; readonly name: string; readonly disabled: boolean },
    passwordHash: string | undefined,
  ): Promise<void> {
    await this.#store.rename(tx, person.id, person.name)
    if (passwordHash !== undefined) await this.#store.setPassword(tx, person.id, passwordHash)
    if (passwordHash === undefined && !person.disabled) return
    await this.#store.endSessions(tx, person.id, person.disabled ? 'disabled' : 'password-reset')
  }
}
