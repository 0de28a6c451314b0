import { tlpRank } from '@haidang/contracts/tlp'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { AlertOwnerStore, OwnableAlert, Owned } from '../modules/alerts/alert-owner-store.ts'
import type { Claim } from '../modules/attribution/attribution-index.ts'
import type { AttributionService } from '../modules/attribution/attribution-service.ts'
import { noEnd } from '../modules/attribution/period-table.ts'
import type { NotedChange } from '../modules/attribution/range-service.ts'
import type { ClusterOwnerStore } from '../modules/correlation/cluster-owner-store.ts'
import type { IncidentOwnerStore } from '../modules/incidents/incident-owner-store.ts'
import type { ChangeStore } from './change-store.ts'
import type { ChangeRow, OwnerThen, StepRow } from './change-tables.ts'
import { isSame, mostShown, ownerOf } from './whose.ts'

export interface ReattributionParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly attribution: AttributionService
  readonly store: ChangeStore
  readonly alerts: AlertOwnerStore
  readonly clusters: ClusterOwnerStore
  readonly incidents: IncidentOwnerStore
  /** Hands a change over to a worker; after the transaction that kept it. */
  readonly later: (id: string) => Promise<void>
}

type Moved = OwnableAlert & { readonly now: Owned }
type Noted = Pick<
  ChangeRow,
  'organisation_id' | 'tlp_rank' | 'system_id' | 'cause' | 'actor_id' | 'actor_name'
>

/** Alerts looked at in one transaction: what a kill in the middle repeats. */
const page = 1_000
const toldRanges = 20

/** What is stored follows the register: after a change it is attributed anew by the time it was seen, page by page. */
export class ReattributionService {
  readonly #parts: ReattributionParts

  constructor(parts: ReattributionParts) {
    this.#parts = parts
  }

  /** Keeps a change of ranges in its own transaction; answers what begins its work once that is committed. */
  noted(tx: Tx, { system, removed, added, actor }: NotedChange): Promise<() => Promise<void>> {
    const ranges = [...new Set([...removed, ...added].map(({ text }) => text))]
    const claims = [...removed, ...added].map(({ from_second, until_second }) => ({
      from: from_second,
      until: until_second,
    }))
    const { id, organisation_id, tlp } = system
    const who = { actor_id: actor.id, actor_name: actor.name }
    const about = {
      organisation_id,
      tlp_rank: tlpRank(tlp),
      system_id: id,
      cause: 'ranges',
    } as const
    return this.note(tx, { ...about, ...who }, ranges, claims)
  }

  /** As `noted`, of claims of any systems. */
  async note(
    tx: Tx,
    about: Noted,
    ranges: readonly string[],
    claims: readonly Pick<Claim, 'from' | 'until'>[],
  ): Promise<() => Promise<void>> {
    const { store, newId, clock, later } = this.#parts
    const id = newId('attributionChange')
    await store.add(tx, {
      ...about,
      id,
      ranges: ranges.slice(0, toldRanges),
      range_count: ranges.length,
      from_second: claims.reduce((least, { from }) => Math.min(least, from), noEnd),
      until_second: claims.reduce((most, { until }) => Math.max(most, until), 0),
      state: 'waiting',
      total: 0,
      examined: 0,
      cursor_time: '-infinity',
      cursor_id: '',
      created_at: clock.iso(),
      ended_at: null,
    })
    return () => later(id)
  }

  /** Begins what was not done when the node stopped, and what was stored before there was any of this. */
  async resume(): Promise<void> {
    const { database, store, alerts, later } = this.#parts
    const ids = await database.transact(systemScope, async (tx) => {
      const open = await store.open(tx)
      const [old] = open.length > 0 ? [] : await alerts.unattributed(tx, [], 1)
      if (!old) return open
      const { id: actor_id, name: actor_name } = systemScope.actor
      const about = { organisation_id: null, tlp_rank: 0, system_id: null, actor_id, actor_name }
      await this.note(tx, { ...about, cause: 'upgrade' }, [], [{ from: 0, until: noEnd }])
      return store.open(tx)
    })
    for (const id of ids) await later(id)
  }

  /** Attributes anew what a change concerns, from where it was left. Done again it changes nothing. */
  async run(id: string): Promise<void> {
    const { database, attribution } = this.#parts
    await attribution.ready()
    for (let more = true; more; ) {
      more = await database.transact(systemScope, (tx) => this.#page(tx, id))
      await new Promise(setImmediate)
    }
  }

  /** Attributes what has just been recorded: nothing changes hands by it. */
  async attributeNew(tx: Tx, clusters: readonly string[]): Promise<void> {
    const { alerts } = this.#parts
    if (clusters.length === 0) return
    await this.#parts.attribution.ready()
    for (let fresh: Moved[]; ; ) {
      fresh = await this.#compared(await alerts.unattributed(tx, clusters, page))
      await this.#write(tx, fresh)
      if (fresh.length < page) return
    }
  }

  /** Whose an incident is that was opened or got clusters. */
  async attributeIncident(tx: Tx, id: string): Promise<void> {
    await this.#parts.incidents.follow(tx, [id], mostShown)
  }

  async #page(tx: Tx, id: string): Promise<boolean> {
    const { store, alerts } = this.#parts
    const change = await store.lock(tx, id)
    if (!change || change.state === 'done') return false
    const seconds = { from: change.from_second, until: change.until_second }
    const total = change.state === 'waiting' ? await alerts.count(tx, seconds) : change.total
    const after = { time: change.cursor_time, id: change.cursor_id }
    const found = await alerts.inPeriod(tx, seconds, after, page)
    const looked = await this.#compared(found)
    const moved = looked.filter((one) => !isSame(one, one.now))
    const asked = looked.filter((one) => !one.attributed || !isSame(one, one.now))
    await this.#write(tx, asked)
    await store.addSteps(
      tx,
      moved.map((one) =>
        this.#step(change, { ...one, ...one.now, kind: 'alert' }, thenOf(one), thenOf(one.now)),
      ),
    )
    await this.#tellAlerts(tx, change, moved)
    const last = found.at(-1)
    const isEnd = found.length < page
    if (isEnd) await this.#incidents(tx, change)
    await store.change(tx, id, {
      state: isEnd ? 'done' : 'running',
      total,
      examined: change.examined + found.length,
      ...(last ? { cursor_time: last.mark, cursor_id: last.id } : {}),
      ...(isEnd ? { ended_at: this.#parts.clock.iso() } : {}),
    })
    return !isEnd
  }

  async #compared(found: readonly OwnableAlert[]): Promise<Moved[]> {
    const none = { removed: [], added: [] }
    return this.#parts.attribution.supposing(none, (of) =>
      found.map((one) => ({ ...one, now: ownerOf(one, of) })),
    )
  }

  async #write(tx: Tx, moved: readonly Moved[]): Promise<void> {
    const { alerts, clusters } = this.#parts
    await alerts.attribute(tx, moved)
    const changed = moved.filter((one) => !isSame(one, one.now))
    const ids = new Set(changed.flatMap(({ cluster_id }) => cluster_id ?? []))
    await clusters.follow(tx, [...ids], mostShown)
  }

  /** One entry per owner and TLP of what moved, so that a reader learns of what it may see and of nothing else. */
  async #tellAlerts(tx: Tx, change: ChangeRow, moved: readonly Moved[]): Promise<void> {
    const groups = Map.groupBy(moved, (one) => `${one.organisation_id} ${one.tlp_rank}`)
    for (const group of groups.values()) {
      const [first] = group
      if (!first) continue
      await this.#parts.journal.append(tx, {
        type: 'alerts.reattributed',
        organisation_id: first.organisation_id,
        tlp_rank: first.tlp_rank,
        ...by(change),
        subject: change.id,
        related: [...new Set(group.flatMap(({ cluster_id }) => cluster_id ?? []))],
        before: counted(group.map((one) => one.system_id)),
        after: counted(group.map(({ now }) => now.system_id)),
      })
    }
  }

  async #incidents(tx: Tx, change: ChangeRow): Promise<void> {
    const { store, incidents, journal } = this.#parts
    const moved = await incidents.follow(tx, await store.incidentsOf(tx, change.id), mostShown)
    const steps = moved.map((one) =>
      this.#step(change, { ...one, kind: 'incident' }, one.was, one.is_now),
    )
    await store.addSteps(tx, steps)
    for (const { id, organisation_id, tlp_rank, was, is_now } of moved) {
      await journal.append(tx, {
        type: 'incident.reattributed',
        organisation_id,
        tlp_rank,
        ...by(change),
        subject: id,
        related: [change.id],
        before: was,
        after: is_now,
      })
    }
  }

  #step(
    { id: change_id }: ChangeRow,
    one: Pick<StepRow, 'id' | 'kind' | 'organisation_id' | 'tlp_rank' | 'shown_to'>,
    was: OwnerThen | null,
    is_now: OwnerThen | null,
  ): StepRow {
    const { newId, clock } = this.#parts
    const { id: subject_id, kind, organisation_id, tlp_rank, shown_to } = one
    return {
      change_id,
      subject_id,
      id: newId('attributionStep'),
      kind,
      organisation_id,
      tlp_rank,
      shown_to,
      was,
      is_now,
      at: clock.iso(),
    }
  }
}

function by({ actor_id: id, actor_name: name }: ChangeRow) {
  return { actor: { id, name }, authority: 'system.manage' }
}

function thenOf({ system_id, owner_id, owner_range }: Omit<Owned, 'shown_to'>): OwnerThen | null {
  return system_id && owner_id && owner_range ? { system_id, owner_id, owner_range } : null
}

/** How many of each system; an empty name: of none. */
function counted(systems: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const system of systems) counts[system ?? ''] = (counts[system ?? ''] ?? 0) + 1
  return counts
}
