import { createHash } from 'node:crypto'
import {
  ConfigurationReport,
  type DirectedConfiguration,
} from '@haidang/contracts/directed-configuration'
import type { Envelope } from '@haidang/contracts/link'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { DatedRegulation } from '@haidang/contracts/regulation-lookup'
import type { StationConfiguration } from '@haidang/contracts/station-configuration'
import type { Post } from '@haidang/link/envelopes/post'
import type { Caller } from '@haidang/runtime/caller'
import { canonicalJson } from '@haidang/runtime/canonical-json'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { directed, groupsOf, hasLost, settingsOf, standingOf } from './configuration.ts'
import type { ConfigurationStore, ConfiguredStation } from './configuration-store.ts'
import type { ConfigurationVersionRow, StationConfigurationRow } from './configuration-tables.ts'

interface DeliveryParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly store: ConfigurationStore
  /** Every version of every regulation profile of this node. */
  readonly versions: (tx: Tx) => Promise<readonly DatedRegulation[]>
  readonly post: Pick<Post, 'configurationToStation'>
  readonly simulated: boolean
  /** The organisation this node belongs to. */
  readonly home: (tx: Tx) => Promise<string>
}

/** Brings what the plan sets to stations, and keeps what they say of it. */
export class ConfigurationDelivery {
  readonly #parts: DeliveryParts

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** Whether an envelope answers a configuration. */
  static handles(type: string): boolean {
    return type === 'configuration.answered'
  }

  /** What each station was given and says, by name. */
  stations({ scope }: Caller, query: PageQuery): Promise<Page<StationConfiguration>> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const { items, next } = await store.stations(tx, query)
      return { items: items.map(shown), next }
    })
  }

  /** Gives every station what the plan in force sets there, where that is news to it; answers how many were given something. */
  async deliver(): Promise<number> {
    const { database, store } = this.#parts
    const { plan, stations } = await database.transact(systemScope, async (tx) => {
      const newest = await store.newest(tx)
      return { plan: newest, stations: newest ? await store.everyStation(tx) : [] }
    })
    if (!plan) return 0
    let given = 0
    for (const { id, row, held, last_heartbeat_at: at } of stations) {
      const lost = row !== null && hasLost(row, { number: held ?? undefined, at })
      if (row?.considered === plan.number && !lost) continue
      const isGiven = await database.transact(systemScope, (tx) => this.#give(tx, id, plan, lost))
      if (isGiven) given += 1
    }
    return given
  }

  /** A station's answer over the link. Throws Problem station.not-found, configuration.version-not-found, request.invalid. */
  async fromStation(
    tx: Tx,
    { station_id }: { readonly station_id: string },
    { data }: Envelope,
  ): Promise<void> {
    const { store, clock } = this.#parts
    const station = await store.station(tx, station_id)
    if (!station) throw new Problem('station.not-found')
    const read = ConfigurationReport.safeParse(data)
    if (!read.success) throw new Problem('request.invalid', read.error.message.slice(0, 500))
    const { number, settings } = read.data
    const { row } = station
    if (row?.assigned === null || row === null || number > row.assigned) {
      throw new Problem('configuration.version-not-found', `number ${number} was not given`)
    }
    await store.put(tx, {
      ...row,
      answered: number,
      answered_at: clock.iso(),
      answers: settings,
    })
    await this.#journal(tx, station, {
      type: 'configuration.answered',
      actor: { id: station.node_id, name: station.name },
      authority: 'link.configuration',
      before: { number: row.answered, settings: row.answers },
      after: { number, settings },
    })
  }

  async #give(
    tx: Tx,
    stationId: string,
    plan: ConfigurationVersionRow,
    lost: boolean,
  ): Promise<boolean> {
    const { store, clock, post, home, simulated } = this.#parts
    const station = await store.station(tx, stationId)
    if (!station) return false
    const settings = await this.#settings(tx, plan, station)
    const hash = createHash('sha256').update(canonicalJson(settings)).digest('hex')
    const names = Object.keys(settings)
    const before = station.row ?? blank(station)
    const isNews = lost || (before.assigned === null ? names.length > 0 : hash !== before.hash)
    const considered = { ...before, considered: plan.number }
    if (!isNews) {
      await store.put(tx, considered)
      return false
    }
    const data: DirectedConfiguration = {
      number: plan.number,
      set_by: plan.actor_name,
      set_at: plan.created_at,
      reason: plan.reason,
      settings,
    }
    await post.configurationToStation(tx, station.node_id, {
      type: 'configuration.published',
      subject: `configuration:${plan.number}`,
      from: await home(tx),
      to: station.organisation_id,
      exercise: simulated,
      tlp: 'amber',
      data,
    })
    const assigned_at = clock.iso()
    const assigned = { assigned: plan.number, assigned_at, hash, names }
    await store.put(tx, { ...considered, ...assigned, answered: null, answers: [] })
    await this.#journal(tx, station, {
      type: 'configuration.assigned',
      actor: systemScope.actor,
      authority: 'station.manage',
      reason: plan.reason,
      before: { number: before.assigned },
      after: { number: plan.number, names },
    })
    return true
  }

  /** What a plan sets at a station, with the texts of the profiles it names. */
  async #settings(tx: Tx, { plan }: ConfigurationVersionRow, station: ConfiguredStation) {
    const versions = await this.#parts.versions(tx)
    return directed(settingsOf(groupsOf(plan, station)), ({ profile, version }) => {
      const found = versions.find(
        (one) => one.regulation.profile === profile && one.version === version,
      )
      if (!found) throw new Error(`no version ${version} of ${profile}`)
      return { effective_from: found.effective_from, regulation: found.regulation }
    })
  }

  async #journal(
    tx: Tx,
    { id, organisation_id }: ConfiguredStation,
    entry: Omit<EntryDraft, 'organisation_id' | 'subject'>,
  ): Promise<void> {
    await this.#parts.journal.append(tx, { ...entry, organisation_id, subject: id })
  }
}

function blank({ id, organisation_id }: ConfiguredStation): StationConfigurationRow {
  return {
    station_id: id,
    organisation_id,
    considered: 0,
    assigned: null,
    assigned_at: null,
    hash: '',
    names: [],
    answered: null,
    answered_at: null,
    answers: [],
  }
}

function shown({ id, name, organisation_id, row }: ConfiguredStation): StationConfiguration {
  return {
    station_id: id,
    station_name: name,
    organisation_id,
    assigned: row?.assigned ?? null,
    assigned_at: row?.assigned_at ?? null,
    answered: row?.answered ?? null,
    answered_at: row?.answered_at ?? null,
    ...standingOf(row),
  }
}
