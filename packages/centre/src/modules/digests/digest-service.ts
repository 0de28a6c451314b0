import type { JournalDigest } from '@haidang/contracts/journal-digest'
import type { Envelope } from '@haidang/contracts/link'
import type { Page, PageQuery } from '@haidang/contracts/page'
import {
  SignedDigests,
  type StationDigest,
  type StationHistory,
} from '@haidang/contracts/station-digest'
import type { WrittenAlert } from '@haidang/contracts/written-alert'
import { verifySeal } from '@haidang/link/envelopes/signer'
import type { Peer } from '@haidang/link/peer'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { digestHash } from '../../digest-hash.ts'
import { requireWholeNode } from '../../signed-in.ts'
import { vietnamDate } from '../../vietnam-date.ts'
import { digestAlarm } from './digest-alarm.ts'
import type { DigestStore } from './digest-store.ts'
import type { DigestView } from './digest-view.ts'
import { judge, type KeptDigest } from './station-digest.ts'

/** Throws Problem station.not-found, also where the scope hides it. */
interface KnownStations {
  get(tx: Tx, id: string): Promise<{ readonly organisation_id: string }>
}

interface DigestParts {
  readonly database: Database
  readonly store: DigestStore
  readonly view: DigestView
  readonly stations: KnownStations
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly simulated: boolean
  /** Takes an alert of this node into the line. */
  readonly raise: (
    tx: Tx,
    alarm: (origin: { organisation_id: string; node_id: string }) => WrittenAlert[],
  ) => Promise<void>
}

/** A clock ahead of ours by so much signs a day that has not ended here. */
const tolerance = 86_400_000

/** The digests nodes below signed of their journals: kept, compared, and told of where they contradict. */
export class StationDigestService {
  readonly #parts: DigestParts

  constructor(parts: DigestParts) {
    this.#parts = parts
  }

  /** Whether an envelope carries digests. */
  static handles(type: string): boolean {
    return type === 'digest.signed'
  }

  stations({ scope }: Caller, query: PageQuery): Promise<Page<StationHistory>> {
    const { database, view } = this.#parts
    return database.transact(scope, (tx) => view.stations(tx, query))
  }

  /** Throws Problem station.not-found. */
  list({ scope }: Caller, stationId: string, query: PageQuery): Promise<Page<StationDigest>> {
    const { database, view, stations } = this.#parts
    return database.transact(scope, async (tx) => {
      await stations.get(tx, stationId)
      return view.list(tx, stationId, query)
    })
  }

  /**
   * Contradictions that somebody has looked into call nobody any more; whoever belongs to the station does not decide
   * that. Throws Problem station.not-found or permission.missing.
   */
  async settle(caller: Caller, stationId: string, reason: string): Promise<{ settled: number }> {
    requireWholeNode(caller)
    const { scope } = caller
    const { database, store, stations, journal, clock } = this.#parts
    return database.transact(scope, async (tx) => {
      const { organisation_id } = await stations.get(tx, stationId)
      const settled = await store.settle(tx, stationId, {
        settled_at: clock.iso(),
        settled_by: scope.actor.name,
        settled_reason: reason,
      })
      if (settled === 0) return { settled }
      await journal.append(tx, {
        type: 'station.digest-settled',
        organisation_id,
        actor: scope.actor,
        reason,
        authority: 'station.manage',
        subject: stationId,
        after: { settled },
      })
      return { settled }
    })
  }

  /**
   * A station tells of its journal. What it told before changes nothing; what contradicts it is kept too, and an
   * alarm. Throws Problem request.invalid for what is no digest of that station.
   */
  async fromStation(tx: Tx, peer: Peer, { from, data }: Envelope): Promise<void> {
    const told = SignedDigests.safeParse(data)
    if (!told.success) throw new Problem('request.invalid', told.error.message.slice(0, 500))
    if (from !== peer.organisation_id) throw new Problem('request.invalid', `signed by ${from}`)
    for (const digest of told.data.digests) {
      await this.#requireGenuine(peer, digest)
      await this.#keep(tx, peer, { hash: digestHash(digest), digest })
    }
  }

  async #requireGenuine({ node_id }: Peer, digest: JournalDigest): Promise<void> {
    const latest = vietnamDate(this.#parts.clock.now() + tolerance)
    const fault =
      (digest.node_id !== node_id && `of node ${digest.node_id}`) ||
      (digest.day > latest && `day ${digest.day} has not come`) ||
      (!(await verifySeal(digest, digest.key)) && 'the signature does not verify')
    if (fault) throw new Problem('request.invalid', `digest of ${digest.day}: ${fault}`)
  }

  async #keep(tx: Tx, peer: Peer, told: KeptDigest): Promise<void> {
    const { store, clock, journal, newId, raise, simulated } = this.#parts
    const { station_id, organisation_id } = peer
    if (await store.holds(tx, station_id, told.hash)) return
    const judged = judge(told, await store.neighbours(tx, station_id, told.digest.day))
    const now = clock.iso()
    await store.add(tx, { station_id, organisation_id, received_at: now }, told, judged)
    const { fault } = judged
    if (fault === null) return
    await journal.append(tx, {
      type: 'station.digest-contradicted',
      organisation_id,
      actor: systemScope.actor,
      authority: 'link.messages',
      subject: station_id,
      related: [peer.node_id],
      reason: fault,
      after: told.digest,
    })
    await raise(tx, (origin) =>
      digestAlarm({
        ...origin,
        id: newId('alert'),
        now,
        simulated,
        fault,
        told,
        station: peer,
      }),
    )
  }
}
