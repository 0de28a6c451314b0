import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { byOf, type LinkPost } from '../../link-post.ts'
import { hashOf, newSecret } from '../../secret.ts'
import type { AccountService } from '../accounts/account-service.ts'
import type { FactorService } from '../factors/factor-service.ts'
import type { PersonRow, PersonService } from '../people/person-service.ts'
import type { InvitationStore } from './invitation-store.ts'

interface RecoveryParts {
  readonly database: Database
  readonly store: InvitationStore
  readonly people: PersonService
  readonly accounts: AccountService
  readonly factors: FactorService
  readonly journal: Journal
  readonly clock: Clock
  readonly post: LinkPost
}

const hour = 3_600_000

/**
 * The way back for somebody who lost password or device: a one-time link another person issues, who knows them.
 * Nobody can ask for a link from outside.
 */
export class RecoveryService {
  readonly #parts: RecoveryParts

  constructor(parts: RecoveryParts) {
    this.#parts = parts
  }

  /**
   * The token of a new link, shown now and never again; the one before opens nothing any more. It is mailed, too,
   * unless it forgets second factors: a mailbox alone must not open an account that asks for more. Throws Problem
   * person.not-found, permission.missing (somebody who may do more than the caller), recovery.own.
   */
  async issue(
    caller: Caller,
    personId: string,
    { hours, factors }: { readonly hours: number; readonly factors: boolean },
  ): Promise<{ token: string; expires_at: string; mailed: boolean }> {
    const { database, store, people, clock, post } = this.#parts
    await people.requireMayManage(caller, personId)
    if (caller.person_id === personId) throw new Problem('recovery.own')
    const token = newSecret('hdr_')
    const expires_at = isoOf(clock.now() + hours * hour)
    return database.transact(systemScope, async (tx) => {
      const person = await people.require(tx, personId)
      const link = { person_id: personId, factors, expires_at }
      await store.issueRecovery(tx, { ...link, token_hash: hashOf(token) })
      await this.#journal(tx, caller.scope.actor, 'recovery.issued', person, link)
      const { name, email: address, language, organisation_id } = person
      const mailed =
        !factors &&
        (await post.post(tx, {
          kind: 'recovery',
          once: hashOf(token),
          object_id: personId,
          expires_at,
          path: `/recovery#${token}`,
          organisation: '',
          by: byOf(caller),
          to: { organisation_id, name, address, language },
        }))
      return { token, expires_at, mailed }
    })
  }

  /** Throws Problem access-link.wrong. */
  show(token: string): Promise<{ name: string; email: string; factors: boolean }> {
    return this.#parts.database.transact(systemScope, async (tx) => {
      const { person, factors } = await this.#open(tx, token)
      return { name: person.name, email: person.email, factors }
    })
  }

  /** Sets a new password; every session ends, and what was lost with the device is forgotten. Throws Problem access-link.wrong. */
  async use(token: string, password: string): Promise<{ email: string }> {
    const { database, store, people, accounts, factors } = this.#parts
    const opened = await database.transact(systemScope, (tx) => this.#open(tx, token))
    const hash = await accounts.hash(password, await people.aboutOf(opened.person))
    return database.transact(systemScope, async (tx) => {
      const { person, ...link } = await this.#open(tx, token)
      if (link.factors) await factors.forget(tx, person.id)
      await accounts.follow(tx, person, hash)
      await store.spendRecovery(tx, person.id)
      await this.#journal(tx, person, 'recovery.used', person, { factors: link.factors })
      return { email: person.email }
    })
  }

  async #open(tx: Tx, token: string): Promise<{ person: PersonRow; factors: boolean }> {
    const { store, people, clock } = this.#parts
    const link = await store.openRecovery(tx, hashOf(token), clock.iso())
    const person = link && (await people.require(tx, link.person_id))
    if (!person || person.disabled) throw new Problem('access-link.wrong')
    return { person, factors: link.factors }
  }

  async #journal(
    tx: Tx,
    { id, name }: EntryDraft['actor'],
    type: 'recovery.issued' | 'recovery.used',
    person: PersonRow,
    after: object,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: person.organisation_id,
      actor: { id, name },
      authority: type === 'recovery.used' ? 'recovery link' : 'person.manage',
      subject: person.id,
      after,
    })
  }
}
