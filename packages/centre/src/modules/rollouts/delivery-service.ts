import type { Envelope } from '@haidang/contracts/link'
import type { Page, PageQuery } from '@haidang/contracts/page'
import {
  type DriftState,
  type Ring,
  type RuleSetContent,
  type RuleSetManifest,
  RuleSetReport,
  type StationDrift,
} from '@haidang/contracts/rule-set'
import type { EnvelopeDraft } from '@haidang/link/envelopes/post'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { driftOf } from './drift-view.ts'
import { wantedBy } from './rule-set.ts'
import { requireWholeNode } from './rule-set-service.ts'
import type { RuleSetStore, TakingStation } from './rule-set-store.ts'
import type { SetStationRow } from './rule-set-tables.ts'

interface DeliveryParts {
  readonly database: Database
  readonly store: RuleSetStore
  readonly journal: Journal
  readonly clock: Clock
  readonly simulated: boolean
  /** The organisation this node belongs to. */
  readonly home: (tx: Tx) => Promise<string>
  readonly toStation: (
    tx: Tx,
    nodeId: string,
    contents: readonly RuleSetContent[],
    draft: EnvelopeDraft,
  ) => Promise<void>
  /** Gives a set to the station part of this very node. */
  readonly toOwn: (
    tx: Tx,
    contents: readonly RuleSetContent[],
    manifest: RuleSetManifest,
  ) => Promise<void>
}

/** Brings rule sets to stations, and keeps what they say of them. */
export class DeliveryService {
  readonly #parts: DeliveryParts

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** Whether an envelope answers a rule set. */
  static handles(type: string): boolean {
    return type === 'rules.applied' || type === 'rules.refused'
  }

  /** What each station should have and says it has, by name. */
  drift({ scope }: Caller, query: PageQuery): Promise<Page<StationDrift>> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const { items, next } = await store.stations(tx, query)
      const sets = await this.#sets()
      return { items: items.map((one) => driftOf(one, sets)), next }
    })
  }

  /** How the sets of these stations stand, as far as the scope of the transaction shows them. */
  async states(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, DriftState>> {
    const stations = await this.#parts.store.stationsOf(tx, ids)
    if (stations.length === 0) return new Map()
    const sets = await this.#sets()
    return new Map(stations.map((one) => [one.id, driftOf(one, sets).state]))
  }

  /** Throws Problem station.not-found, permission.missing. */
  async setRing(caller: Caller, stationId: string, ring: Ring): Promise<StationDrift> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const station = await store.station(tx, stationId)
      if (!station) throw new Problem('station.not-found')
      requireWholeNode(caller)
      const row = await store.lockStation(tx, station)
      await store.putStation(tx, { ...row, ring })
      await this.#journal(tx, station, {
        type: 'ring.changed',
        actor: caller.scope.actor,
        authority: 'rule.publish',
        before: { ring: row.ring },
        after: { ring },
      })
      return driftOf({ ...station, row: { ...row, ring } }, await this.#sets())
    })
  }

  /** Gives every station the set that is for its ring, where it has another; answers how many were given one. */
  async deliver(): Promise<number> {
    const { database, store } = this.#parts
    const { stations, sets } = await database.transact(systemScope, async (tx) => ({
      stations: await store.everyStation(tx),
      sets: await store.outline(tx),
    }))
    let given = 0
    for (const station of stations) {
      const wanted = wantedBy(station.row?.ring ?? 'general', sets)
      if (wanted === null || wanted === (station.row?.assigned ?? null)) continue
      await database.transact(systemScope, (tx) => this.#assign(tx, station, wanted))
      given += 1
    }
    return given
  }

  /** A station's answer over the link. Throws Problem rule-set.not-found where it was given no such set. */
  async fromStation(
    tx: Tx,
    { station_id }: { readonly station_id: string },
    { type, data }: Envelope,
  ): Promise<void> {
    const station = await this.#parts.store.station(tx, station_id)
    if (!station) throw new Problem('station.not-found')
    const report = RuleSetReport.safeParse(data)
    if (!report.success) throw new Problem('request.invalid', report.error.message.slice(0, 500))
    await this.#answered(tx, station, type === 'rules.applied', report.data)
  }

  /** The answer of this node's own station part. */
  async fromOwn(tx: Tx, applied: boolean, report: RuleSetReport): Promise<void> {
    const stations = await this.#parts.store.everyStation(tx)
    const own = stations.find(({ local }) => local)
    if (own) await this.#answered(tx, own, applied, report)
  }

  async #answered(
    tx: Tx,
    station: TakingStation,
    applied: boolean,
    report: RuleSetReport,
  ): Promise<void> {
    const { store, clock } = this.#parts
    const row = await store.lockStation(tx, station)
    if (row.assigned === null || report.number > row.assigned) {
      throw new Problem('rule-set.not-found', `number ${report.number} was not given`)
    }
    const { number, hash, active, errors, problem } = report
    // It lost what it held, or never had it: then everything is sent, once.
    const again = !applied && row.holds !== null && (problem ?? '').startsWith('files-missing')
    await store.putStation(tx, {
      ...row,
      answered: number,
      answer_hash: hash,
      answer_at: clock.iso(),
      active,
      errors,
      problem: applied ? null : (problem ?? 'refused'),
      ...(applied ? { holds: number } : {}),
      ...(again ? { holds: null, assigned: null } : {}),
    })
    await this.#journal(tx, station, {
      type: applied ? 'rule-set.applied' : 'rule-set.refused',
      actor: { id: station.node_id, name: station.name },
      authority: 'link.rules',
      reason: problem ?? '',
      after: report,
    })
  }

  async #assign(tx: Tx, station: TakingStation, number: number): Promise<void> {
    const { store, clock, home, toStation, toOwn, simulated } = this.#parts
    const row = await store.lockStation(tx, station)
    const set = await store.get(tx, number)
    if (!set) throw new Error(`no rule set ${number}`)
    const contents = await this.#lacking(tx, row, set.manifest)
    if (station.local) await toOwn(tx, contents, set.manifest)
    else {
      await toStation(tx, station.node_id, contents, {
        type: 'rules.published',
        subject: `rule-set:${number}`,
        tlp: 'amber',
        from: await home(tx),
        to: station.organisation_id,
        exercise: simulated,
        data: set.manifest,
      })
    }
    await store.putStation(tx, { ...row, assigned: number, assigned_at: clock.iso() })
    await this.#journal(tx, station, {
      type: 'rule-set.assigned',
      actor: systemScope.actor,
      authority: 'rule.publish',
      before: { assigned: row.assigned },
      after: { assigned: number, files: set.manifest.files.length, sent: contents.length },
    })
  }

  /** Files of a set that a station does not hold yet, each once. */
  async #lacking(
    tx: Tx,
    { holds }: SetStationRow,
    { files }: RuleSetManifest,
  ): Promise<RuleSetContent[]> {
    const { store } = this.#parts
    const held = holds === null ? undefined : await store.get(tx, holds)
    const known = new Set(held?.manifest.files.map((file) => file.sha256))
    const wanted = files.map((file) => file.sha256).filter((hash) => !known.has(hash))
    const texts = await store.files(tx, [...new Set(wanted)])
    return [...texts].map(([sha256, { text }]) => ({ file: { sha256, text } }))
  }

  /** Numbers and rings are no secret to who may see a station. */
  #sets() {
    const { database, store } = this.#parts
    return database.transact(systemScope, (tx) => store.outline(tx))
  }

  async #journal(
    tx: Tx,
    station: TakingStation,
    entry: Omit<EntryDraft, 'organisation_id' | 'subject'>,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      ...entry,
      organisation_id: station.organisation_id,
      subject: station.id,
    })
  }
}
