import type { Tx } from '@haidang/runtime/database/database'
import { hashPassword } from 'better-auth/crypto'
import type { AccountStore } from './account-store.ts'

/** Credentials of people, for the module that knows who they are. Every method needs the node's scope. */
export class AccountService {
  readonly #store: AccountStore

  constructor(store: AccountStore) {
    this.#store = store
  }

  /** scrypt with its own salt. Ask before a transaction begins: it takes longer than a lock should be held. */
  hash(password: string): Promise<string> {
    return hashPassword(password)
  }

  /** Lets a person sign in with e-mail and password. */
  async open(
    tx: Tx,
    person: { readonly id: string; readonly name: string; readonly email: string },
    passwordHash: string,
  ): Promise<void> {
    const { id, name, email } = person
    await this.#store.add(tx, { person_id: id, name, email, password_hash: passwordHash })
  }

  /** Keeps the account in step with the person; a new password or disabling ends every session. */
  async follow(
    tx: Tx,
    person: { readonly id: string; readonly name: string; readonly disabled: boolean },
    passwordHash: string | undefined,
  ): Promise<void> {
    await this.#store.rename(tx, person.id, person.name)
    if (passwordHash !== undefined) await this.#store.setPassword(tx, person.id, passwordHash)
    if (passwordHash !== undefined || person.disabled) await this.#store.endSessions(tx, person.id)
  }
}
