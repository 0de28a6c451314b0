import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Gap, JoinCode, ParentLink, Station } from '@haidang/contracts/station'
import type { HeartbeatDraft } from '@haidang/link/child/child-parts'
import type { ChildSide } from '@haidang/link/child/child-side'
import { type LocalNode, localStation } from '@haidang/link/parent/local-station'
import type { ParentSide } from '@haidang/link/parent/parent-side'
import type { StationRow } from '@haidang/link/station-tables'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { SystemService } from '../systems/system-service.ts'
import type { MeasuredRules, StationView } from './station-view.ts'

interface StationParts {
  readonly database: Database
  readonly view: StationView
  readonly parent: ParentSide
  readonly child: ChildSide
  readonly organisations: OrganisationService
  readonly systems: SystemService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly node: LocalNode
}

interface Place {
  readonly code: string
  readonly location: string
  readonly contact: string
}

/** The nodes below this one, the station part of this one, and the tie to the one above. */
export class StationService {
  readonly #parts: StationParts

  constructor(parts: StationParts) {
    this.#parts = parts
  }

  list({ scope }: Caller, query: PageQuery): Promise<Page<Station>> {
    const { database, view } = this.#parts
    return database.transact(scope, (tx) => view.list(tx, query))
  }

  /** Throws Problem station.not-found, also where the caller may not know of it. */
  get({ scope }: Caller, id: string): Promise<Station> {
    const { database, view } = this.#parts
    return database.transact(scope, (tx) => view.get(tx, id))
  }

  gaps({ scope }: Caller, query: PageQuery): Promise<Page<Gap>> {
    const { database, view } = this.#parts
    return database.transact(scope, (tx) => view.gaps(tx, query))
  }

  /** Throws Problem station.not-found, station.not-pending. */
  approve(caller: Caller, id: string): Promise<Station> {
    return this.#decide(caller, id, (tx, actor) => this.#parts.parent.joins.approve(tx, actor, id))
  }

  /** Throws Problem station.not-found, station.not-pending. */
  reject(caller: Caller, id: string, reason: string): Promise<Station> {
    return this.#decide(caller, id, (tx, actor) =>
      this.#parts.parent.joins.reject(tx, actor, id, reason),
    )
  }

  /** Its key is refused from here on and its open connections end. Throws Problem station.not-found. */
  async revoke(caller: Caller, id: string, reason: string): Promise<Station> {
    const { parent } = this.#parts
    const keys: string[] = []
    const revoked = await this.#decide(caller, id, async (tx, actor) => {
      const { revoked_fingerprint } = await parent.joins.revoke(tx, actor, id, reason)
      if (revoked_fingerprint !== null) keys.push(revoked_fingerprint)
    })
    for (const key of keys) parent.cut(key)
    return revoked
  }

  /**
   * Another station of the same organisation takes the place of this one: its key ends, the systems it watched are
   * the other's, what is known of it stays readable. Throws Problem station.not-found, station.replacement-invalid.
   */
  async replace(
    caller: Caller,
    id: string,
    { successor_id, reason }: { readonly successor_id: string; readonly reason: string },
  ): Promise<Station> {
    const { parent, database, view, systems, journal } = this.#parts
    const successor = await database.transact(caller.scope, (tx) => view.get(tx, successor_id))
    const keys: string[] = []
    const replaced = await this.#decide(caller, id, async (tx, actor) => {
      const row = await parent.stations.require(tx, id)
      const refusal = replacementRefusal(row, successor)
      if (refusal) throw new Problem('station.replacement-invalid', refusal)
      if (row.accepted_fingerprint !== null) {
        await parent.joins.revoke(tx, actor, id, reason)
        keys.push(row.accepted_fingerprint)
      }
      await parent.stations.note(tx, id, { replaced_by: successor_id })
      await systems.watchedInstead(tx, id, successor_id)
      await journal.append(tx, {
        type: 'station.replaced',
        organisation_id: row.organisation_id,
        actor,
        reason,
        authority: 'station.manage',
        subject: id,
        related: [successor_id],
        after: { replaced_by: successor_id },
      })
    })
    for (const key of keys) parent.cut(key)
    return replaced
  }

  joinCodes({ scope }: Caller, query: PageQuery): Promise<Page<JoinCode>> {
    const { database, view } = this.#parts
    return database.transact(scope, (tx) => view.joinCodes(tx, query))
  }

  /** The code itself is in this answer and nowhere else. Throws Problem organisation.not-found. */
  createJoinCode(
    { scope }: Caller,
    organisationId: string,
    minutes: number,
  ): Promise<{ join_code: JoinCode; code: string }> {
    const { database, organisations, parent } = this.#parts
    return database.transact(scope, async (tx) => {
      const { name } = await organisations.require(tx, organisationId)
      const { row, code } = await parent.joins.createCode(tx, scope.actor, organisationId, minutes)
      const { id, organisation_id, expires_at, used_at, created_at } = row
      const join_code = { id, organisation_id, expires_at, used_at, created_at }
      return { join_code: { ...join_code, organisation_name: name }, code }
    })
  }

  /** The tie of this node to its parent. */
  parentLink(): Promise<ParentLink> {
    return this.#parts.child.state()
  }

  /**
   * Ties the whole node, so only a caller who sees the whole node may. Throws Problem permission.missing,
   * join.code-unreadable, join.code-wrong, join.parent-unreachable, join.parent-mismatch or join.already.
   */
  async join({ scope }: Caller, { code, location, contact }: Place): Promise<ParentLink> {
    if (scope.organisations !== 'all') {
      throw new Problem('permission.missing', 'a role of scope node ties the node to a parent')
    }
    return this.#parts.child.join(scope.actor, code, { location, contact })
  }

  /** Takes the heartbeat of this node's own station part, in process; before set-up there is no row to keep it. */
  async beat(draft: HeartbeatDraft): Promise<void> {
    const { database, parent, child, clock } = this.#parts
    const { waiting } = await child.state()
    await database.transact(systemScope, async (tx) => {
      const id = await this.#local(tx)
      if (id === undefined) return
      const row = await parent.stations.require(tx, id)
      await parent.watch.heartbeat(tx, row, {
        ...draft,
        sent_at: clock.iso(),
        queue: { ...draft.queue, link_records: waiting },
        clock_offset_ms: null,
      })
    })
  }

  /** Nodes through which an organisation can be reached. */
  nodesOf(tx: Tx, organisationId: string): Promise<string[]> {
    return this.#parts.parent.stations.nodesOf(tx, organisationId)
  }

  /** Names of stations by node, as far as the scope of the transaction shows them. */
  names(tx: Tx, nodeIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#parts.parent.stations.names(tx, nodeIds)
  }

  /** What rules cost at the stations the scope of the transaction sees. */
  ruleCosts(tx: Tx): Promise<MeasuredRules> {
    return this.#parts.view.ruleCosts(tx)
  }

  /** What the watch floor shows: the stations the scope of the transaction sees, by name, at most 200. */
  async overview(tx: Tx): Promise<Station[]> {
    return (await this.#parts.view.list(tx, { limit: 200 })).items
  }

  /** Finds stations that fell silent. */
  async detectSilence(): Promise<void> {
    await this.#parts.parent.detectSilence()
  }

  /** Whoever may see a station and holds the permission decides; keys and registry belong to the node itself. */
  async #decide(
    { scope }: Caller,
    id: string,
    act: (tx: Tx, actor: Scope['actor']) => Promise<unknown>,
  ): Promise<Station> {
    const { database, view } = this.#parts
    await database.transact(scope, (tx) => view.get(tx, id))
    return database.transact({ ...systemScope, actor: scope.actor }, async (tx) => {
      await act(tx, scope.actor)
      return view.get(tx, id)
    })
  }

  async #local(tx: Tx): Promise<string | undefined> {
    const { parent, organisations, newId, clock, node } = this.#parts
    const known = await parent.stations.local(tx)
    if (known) return known.id
    const home = await organisations.home(tx)
    if (!home) return undefined
    const row = localStation(newId('station'), node, home.id, clock.iso())
    await parent.stations.add(tx, row)
    return row.id
  }
}

/** Why a station cannot take the place of another; undefined where it can. */
function replacementRefusal(
  old: Pick<StationRow, 'id' | 'local' | 'organisation_id' | 'replaced_by'>,
  successor: Station,
): string | undefined {
  if (old.local) return 'the station part of this very node is not replaced'
  if (old.id === successor.id) return 'a station does not replace itself'
  if (old.replaced_by !== null) return 'it was replaced already'
  if (successor.replaced_by !== null) return 'the other one was itself replaced'
  if (successor.organisation_id !== old.organisation_id) return 'it belongs to another organisation'
  const accepted = ['connected', 'quiet', 'silent'].includes(successor.state) && !successor.local
  return accepted ? undefined : `the other one is ${successor.state}: approve it first`
}
