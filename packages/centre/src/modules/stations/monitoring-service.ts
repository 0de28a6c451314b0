import type {
  MonitoringDraft,
  MonitoringRequest,
  StationMonitoring,
} from '@haidang/contracts/monitoring'
import type { Post } from '@haidang/link/envelopes/post'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { MonitoringStore } from './monitoring-store.ts'
import type { StationView } from './station-view.ts'

interface MonitoringParts {
  readonly database: Database
  readonly view: StationView
  readonly store: MonitoringStore
  readonly journal: Journal
  readonly clock: Clock
  readonly post: Post
  readonly simulated: boolean
  /** The organisation this node belongs to. */
  readonly home: (tx: Tx) => Promise<string>
}

/** Direct monitoring: which sources of which nodes below are asked for whole, and how that goes. */
export class MonitoringService {
  readonly #parts: MonitoringParts

  constructor(parts: MonitoringParts) {
    this.#parts = parts
  }

  /** Throws Problem station.not-found. */
  get({ scope }: Caller, stationId: string): Promise<StationMonitoring> {
    return this.#parts.database.transact(scope, (tx) => this.#read(tx, stationId))
  }

  /** Asks a station; what it lets out is its owner's to say. Throws Problem station.not-found, station.not-accepted. */
  async ask(
    { scope }: Caller,
    stationId: string,
    draft: MonitoringDraft,
  ): Promise<StationMonitoring> {
    const { database, view, store, journal, clock, post, home, simulated } = this.#parts
    const station = await database.transact(scope, (tx) => view.get(tx, stationId))
    if (station.local || ['pending', 'rejected', 'revoked'].includes(station.state)) {
      throw new Problem('station.not-accepted')
    }
    return database.transact({ ...systemScope, actor: scope.actor }, async (tx) => {
      const before = await store.get(tx, stationId)
      const request: MonitoringRequest = {
        ...draft,
        number: (before?.request.number ?? 0) + 1,
        requested_at: clock.iso(),
      }
      await store.put(tx, station, { request, actor_name: scope.actor.name })
      await post.toStation(tx, station.node_id, {
        type: 'monitoring.requested',
        subject: `monitoring:${request.number}`,
        tlp: 'amber',
        from: await home(tx),
        to: station.organisation_id,
        exercise: simulated,
        data: request,
      })
      await journal.append(tx, {
        type: 'monitoring.requested',
        organisation_id: station.organisation_id,
        actor: scope.actor,
        authority: 'station.manage',
        subject: station.id,
        reason: draft.reason,
        before: before?.request,
        after: request,
      })
      return this.#read(tx, stationId)
    })
  }

  async #read(tx: Tx, stationId: string): Promise<StationMonitoring> {
    const { view, store } = this.#parts
    const { heartbeat } = await view.get(tx, stationId)
    const asked = await store.get(tx, stationId)
    return {
      request: asked?.request ?? null,
      actor_name: asked?.actor_name ?? '',
      report: heartbeat?.monitoring ?? null,
    }
  }
}
