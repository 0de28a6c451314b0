import {
  isRedacted,
  pseudonymOf,
  type RedactionPreview,
  staysOnRedaction,
} from '@haidang/contracts/person-redaction'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { requireWholeNode } from '../../signed-in.ts'
import type { PersonRow, PersonService } from '../people/person-service.ts'
import { redactionPlaces } from './redaction-places.ts'
import type { RedactionStore } from './redaction-store.ts'

interface RedactionParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly store: RedactionStore
  readonly people: PersonService
  /** Ids of enabled people who can restore everybody else's rights, locked until the transaction ends. */
  readonly administrators: (tx: Tx) => Promise<readonly string[]>
}

/** Removes the personal data of an account for good; what somebody did stays, under a pseudonym. */
export class RedactionService {
  readonly #parts: RedactionParts

  constructor(parts: RedactionParts) {
    this.#parts = parts
  }

  /** Throws Problem permission.missing, person.not-found, person.still-enabled, person.own-redaction. */
  async preview(caller: Caller, id: string): Promise<RedactionPreview> {
    await this.#requireMay(caller, id)
    const { database, store, people } = this.#parts
    return database.transact(systemScope, async (tx) => {
      requireDisabled(await people.require(tx, id))
      return this.#preview(tx, id, await store.places(tx, id))
    })
  }

  /**
   * One transaction, with its journal entry, which says how many rows but no value. Throws what `preview`
   * throws and Problem person.last-administrator where nobody enabled could restore rights.
   */
  async redact(caller: Caller, id: string, reason: string): Promise<RedactionPreview> {
    await this.#requireMay(caller, id)
    const { database, journal, clock, store, people, administrators } = this.#parts
    return database.transact(systemScope, async (tx) => {
      // Administrators first, as where people are changed: two who act at once cannot deadlock.
      const able = await administrators(tx)
      const person = await people.requireLocked(tx, id)
      requireDisabled(person)
      if (able.length === 0) throw new Problem('person.last-administrator')
      if (isRedacted(person)) return this.#preview(tx, id, await store.places(tx, id))
      const places = await store.redact(tx, [id], clock.iso())
      await journal.append(tx, {
        type: 'person.redacted',
        organisation_id: person.organisation_id,
        subject: id,
        actor: caller.scope.actor,
        authority: 'person.manage',
        reason,
        after: { rows: countsOf(places) },
      })
      return this.#preview(tx, id, places)
    })
  }

  /** Redacts accounts whose period is over, in the transaction of the larger act, which has the node's scope. */
  async redactDue(tx: Tx, ids: readonly string[], now: string): Promise<void> {
    if (ids.length === 0) return
    const places = redactionPlaces.filter(({ onRequestOnly }) => onRequestOnly !== true)
    await this.#parts.store.redact(tx, ids, now, places)
  }

  async #requireMay(caller: Caller, id: string): Promise<void> {
    requireWholeNode(caller)
    if (caller.person_id === id) throw new Problem('person.own-redaction')
    await this.#parts.people.requireMayManage(caller, id)
  }

  async #preview(
    tx: Tx,
    id: string,
    places: RedactionPreview['places'],
  ): Promise<RedactionPreview> {
    const entries = await this.#parts.store.entries(tx, id)
    const stays = Object.keys(staysOnRedaction).map((entry) => ({
      entry,
      rows: entry === 'acts' ? entries : null,
    }))
    return { name: pseudonymOf({ id }).name, places, stays }
  }
}

function requireDisabled({ disabled }: PersonRow): void {
  if (!disabled) throw new Problem('person.still-enabled')
}

function countsOf(places: RedactionPreview['places']): Readonly<Record<string, number>> {
  return Object.fromEntries(
    places.filter(({ rows }) => rows > 0).map(({ table, rows }) => [table, rows]),
  )
}
