import type { AccountEvent } from '@haidang/contracts/account-history'
import type { SessionFactor, SessionShown } from '@haidang/contracts/factor'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Client } from '../../http/client.ts'
import { personIdOf } from '../../signed-in.ts'
import type { PersonRow, PersonService } from '../people/person-service.ts'
import type { HistoryView } from './history-view.ts'
import type { OpenSessionStore } from './open-session-store.ts'
import type { SessionStore } from './session-store.ts'

interface SessionListParts {
  readonly database: Database
  readonly sessions: OpenSessionStore
  readonly store: SessionStore
  readonly told: HistoryView
  readonly people: PersonService
  readonly journal: Journal
}

interface Ended {
  readonly ended: number
}

/** Where somebody is signed in, and how that ends. */
export class SessionListService {
  readonly #parts: SessionListParts

  constructor(parts: SessionListParts) {
    this.#parts = parts
  }

  /** Throws Problem session.required for an API key. */
  list(caller: Caller): Promise<{ items: SessionShown[] }> {
    return this.#shown(personIdOf(caller), caller.session_id)
  }

  /** What was done to one’s own account. Throws Problem session.required for an API key, filter.invalid. */
  history(caller: Caller, query: PageQuery): Promise<Page<AccountEvent>> {
    const personId = personIdOf(caller)
    const { database, told } = this.#parts
    return database.transact(systemScope, (tx) => told.of(tx, personId, query))
  }

  /** Throws Problem session.not-found, also for somebody else's. */
  end(caller: Caller, id: string): Promise<Ended> {
    return this.#ending(caller, personIdOf(caller), async (tx) => {
      const ended = await this.#parts.sessions.end(tx, personIdOf(caller), id, 'ended-by-self')
      if (ended === 0) throw new Problem('session.not-found')
      return ended
    })
  }

  endOthers(caller: Caller): Promise<Ended> {
    const personId = personIdOf(caller)
    return this.#ending(caller, personId, (tx) =>
      this.#parts.sessions.endOthers(tx, personId, caller.session_id ?? '', 'ended-by-self'),
    )
  }

  /** Throws Problem person.not-found, permission.missing for somebody who may do more than the caller. */
  async ofPerson(caller: Caller, personId: string): Promise<{ items: SessionShown[] }> {
    await this.#parts.people.requireMayManage(caller, personId)
    return this.#shown(personId, null)
  }

  /** Throws Problem person.not-found, permission.missing for somebody who may do more than the caller. */
  async endOfPerson(caller: Caller, personId: string): Promise<Ended> {
    await this.#parts.people.requireMayManage(caller, personId)
    return this.#ending(caller, personId, (tx) =>
      this.#parts.sessions.endAll(tx, personId, 'ended-by-administrator'),
    )
  }

  /** What its holder has shown, in the transaction of a larger act. */
  mark(tx: Tx, sessionId: string, factor: SessionFactor): Promise<void> {
    return this.#parts.sessions.mark(tx, sessionId, factor)
  }

  /**
   * The session goes on under a new token for so many seconds, in the transaction of a larger act; answers its cookies.
   * Throws Problem session.required without one.
   */
  async renewIn(tx: Tx, client: Client, seconds: number): Promise<readonly string[]> {
    const cookies = await this.#parts.store.renew(tx, client, seconds)
    if (!cookies) throw new Problem('session.required')
    return cookies
  }

  /** Ends all sessions of a person but one, in the transaction of a larger act, which writes the journal. */
  endOthersIn(tx: Tx, personId: string, sessionId: string): Promise<number> {
    return this.#parts.sessions.endOthers(tx, personId, sessionId, 'factor-changed')
  }

  async #shown(personId: string, current: string | null): Promise<{ items: SessionShown[] }> {
    const { database, sessions } = this.#parts
    return {
      items: await database.transact(systemScope, (tx) => sessions.list(tx, personId, current)),
    }
  }

  #ending(caller: Caller, personId: string, work: (tx: Tx) => Promise<number>): Promise<Ended> {
    const { database, people } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const ended = await work(tx)
      if (ended > 0) await this.#journal(tx, caller, await people.require(tx, personId), ended)
      return { ended }
    })
  }

  async #journal(tx: Tx, caller: Caller, person: PersonRow, ended: number): Promise<void> {
    await this.#parts.journal.append(tx, {
      type: 'session.ended',
      organisation_id: person.organisation_id,
      actor: caller.scope.actor,
      authority: caller.person_id === person.id ? 'signed-in' : 'person.manage',
      subject: person.id,
      after: { ended },
    })
  }
}
