import type { Spread as SpreadView } from '@haidang/contracts/cluster'
import type { SpreadParameters } from '@haidang/contracts/spread-parameters'
import { type WrittenAlert, writtenTogether } from '@haidang/contracts/written-alert'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import { Problem } from '@haidang/runtime/problem'
import type { AlertService } from '../alerts/alert-service.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { ClusterStore } from './cluster-store.ts'
import type { ClusterView } from './cluster-view.ts'
import {
  alertOf,
  clustersOf,
  commonObservables,
  hasGrown,
  subjectOf,
  type Thing,
  thingKey,
  thingOf,
} from './spread.ts'
import type { SpreadStore } from './spread-store.ts'

export interface SpreadParts {
  readonly database: Database
  readonly store: SpreadStore
  readonly clusters: Pick<ClusterStore, 'get' | 'ofIds'>
  readonly view: Pick<ClusterView, 'clusters'>
  readonly alerts: Pick<AlertService, 'ofIds'>
  readonly organisations: Pick<OrganisationService, 'home'>
  readonly clock: Clock
  readonly newId: NewId
  readonly parameters: SpreadParameters
  readonly nodeId: string
  /** Takes alerts of this node into the line. */
  readonly receive: (
    tx: Tx,
    organisationId: string,
    alerts: readonly WrittenAlert[],
  ) => Promise<unknown>
}

const hour = 3_600_000
/** Organisations of one thing whose newest alerts are read for what they have in common. */
const mostRead = 16
const mostShown = 50
const mostVerified = 150

/**
 * Correlation across organisations: the same rule, indicator or acting address at several of them within a
 * window becomes an alert of the coordinating organisation, and so a cluster that only it sees. One more
 * organisation is one more alert in the same cluster.
 */
export class SpreadService {
  readonly #parts: SpreadParts
  #verified = 0

  constructor(parts: SpreadParts) {
    this.#parts = parts
  }

  /** Looks once. What is said and that it was said stand in one transaction. */
  async look(): Promise<void> {
    const { database, store, organisations, clock, parameters, receive } = this.#parts
    const begin = clock.now() - parameters.window_hours * hour
    // By itself: growing clusters must not wait for the rest of the look.
    await database.transact(systemScope, (tx) => store.forget(tx, isoOf(begin - hour)))
    await database.transact(systemScope, async (tx) => {
      const home = await organisations.home(tx)
      if (home === undefined) return
      const since = isoOf(begin)
      const things = await store.things(tx, parameters, since)
      const before = await store.said(tx)
      const isNew = (thing: Thing) => hasGrown(thing.organisations, before.get(thingKey(thing)))
      const [news, known] = [things.filter(isNew), things.filter((thing) => !isNew(thing))]
      const verified = this.#next(news)
      const waiting = news.filter((thing) => !verified.includes(thing))
      const found = await store.presences(tx, verified, parameters, since)
      const asBefore = waiting.flatMap((thing) => before.get(thingKey(thing)) ?? [])
      await store.remember(tx, [...known, ...asBefore, ...found.map(thingOf)], before)
      const grown = found.filter((one) => isNew(thingOf(one)))
      if (grown.length === 0) return
      const wanted = grown.flatMap(({ presences }) =>
        presences.slice(0, mostRead).map(({ alert_id }) => alert_id),
      )
      const newest = await this.#parts.alerts.ofIds(tx, [...new Set(wanted)])
      const who = {
        organisation_id: home.id,
        node_id: this.#parts.nodeId,
        now: clock.iso(),
        alerts: new Map(newest.map((alert) => [alert.id, alert])),
      }
      const said = (thing: (typeof grown)[number]) =>
        alertOf(thing, parameters, { ...who, id: this.#parts.newId('alert') })
      await receive(tx, home.id, writtenTogether(grown.map(said)))
    })
  }

  /** As many as are verified in one look, others each time: what proves false must not keep the rest waiting. */
  #next(news: readonly Thing[]): Thing[] {
    if (news.length <= mostVerified) return [...news]
    const from = this.#verified % news.length
    this.#verified = from + mostVerified
    return [...news.slice(from), ...news.slice(0, from)].slice(0, mostVerified)
  }

  /**
   * What a cluster about spread is made of, as far as the caller may see it. Throws Problem cluster.not-found, also for a
   * cluster about something else.
   */
  async of(caller: Caller, id: string): Promise<SpreadView> {
    const { database, clusters, view, alerts } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await clusters.get(tx, id)
      const subject = row && subjectOf(row.rule_id)
      const [last] = row ? await alerts.ofIds(tx, [row.last_alert_id]) : []
      if (subject === undefined || last === undefined) throw new Problem('cluster.not-found')
      const named = clustersOf(last)
      const made = await view.clusters(tx, await clusters.ofIds(tx, named.ids))
      const newest = await alerts.ofIds(
        tx,
        made.map(({ last_alert_id }) => last_alert_id),
      )
      const [first] = made
      const isRule = subject.kind === 'rule'
      return {
        ...subject,
        detector: isRule ? (first?.detector ?? null) : null,
        rule_id: isRule ? (first?.rule_id ?? null) : null,
        organisations: named.organisations,
        hidden: named.ids.length - made.length,
        clusters: made,
        observables: commonObservables(newest).slice(0, mostShown),
      }
    })
  }
}
