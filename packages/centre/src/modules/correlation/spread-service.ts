import type { Alert } from '@haidang/contracts/alert'
import type { SpreadParameters } from '@haidang/contracts/spread-parameters'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { alertOf, hasGrown, worthSaying } from './spread.ts'
import type { SpreadStore } from './spread-store.ts'

export interface SpreadParts {
  readonly database: Database
  readonly store: SpreadStore
  readonly organisations: Pick<OrganisationService, 'home' | 'names'>
  readonly clock: Clock
  readonly newId: NewId
  readonly parameters: SpreadParameters
  readonly nodeId: string
  /** Takes alerts of this node into the line. */
  readonly receive: (tx: Tx, organisationId: string, alerts: readonly Alert[]) => Promise<unknown>
}

const hour = 3_600_000

/**
 * Correlation across organisations: the same rule, indicator or acting address at several of them within a
 * window becomes an alert of the coordinating organisation, and so a cluster that only it sees. One more
 * organisation is one more alert in the same cluster.
 */
export class SpreadService {
  readonly #parts: SpreadParts

  constructor(parts: SpreadParts) {
    this.#parts = parts
  }

  /** Looks once. What is said and that it was said stand in one transaction. */
  async look(): Promise<void> {
    const { database, store, organisations, clock, parameters, receive } = this.#parts
    await database.transact(systemScope, async (tx) => {
      const home = await organisations.home(tx)
      if (home === undefined) return
      const since = isoOf(clock.now() - parameters.window_hours * hour)
      const things = worthSaying(await store.spreads(tx, parameters, since))
      const namedOf = await store.said(tx)
      const grown = things.filter((thing) => hasGrown(thing, namedOf(thing)))
      await store.remember(tx, things)
      if (grown.length === 0) return
      const ids = grown.flatMap(({ presences }) => presences.map((one) => one.organisation_id))
      const names = await organisations.names(tx, [...new Set(ids)])
      const who = { organisation_id: home.id, node_id: this.#parts.nodeId, now: clock.iso(), names }
      const said = (thing: (typeof grown)[number]) =>
        alertOf(thing, parameters, { ...who, id: this.#parts.newId('alert') })
      await receive(tx, home.id, grown.map(said))
    })
  }
}
