import type { Envelope } from '@haidang/contracts/link'
import { ReleaseVersion } from '@haidang/contracts/release'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { ReleaseStore } from './release-store.ts'
import type { StationView } from './station-view.ts'

interface ReleaseParts {
  readonly database: Database
  readonly view: StationView
  readonly store: ReleaseStore
  readonly clock: Clock
}

/** What nodes below let out: their owners' policies as they told of them, and the history. */
export class ReleaseService {
  readonly #parts: ReleaseParts

  constructor(parts: ReleaseParts) {
    this.#parts = parts
  }

  /** Whether an envelope tells of a release policy. */
  static handles(type: string): boolean {
    return type === 'release.published'
  }

  /** Versions of a station, newest first: the first is in force. Throws Problem station.not-found. */
  versions({ scope }: Caller, stationId: string): Promise<ReleaseVersion[]> {
    const { database, view, store } = this.#parts
    return database.transact(scope, async (tx) => {
      await view.get(tx, stationId)
      return store.versions(tx, stationId)
    })
  }

  /** A station tells of a version. Throws Problem request.invalid for what is none. */
  async fromStation(
    tx: Tx,
    peer: { readonly station_id: string; readonly organisation_id: string },
    { data }: Envelope,
  ): Promise<void> {
    const { store, clock } = this.#parts
    const told = ReleaseVersion.safeParse(data)
    if (!told.success) throw new Problem('request.invalid', told.error.message.slice(0, 500))
    await store.keep(tx, peer, told.data, clock.iso())
  }
}
