import type { Incident } from '@haidang/contracts/incident'
import type {
  Given,
  IncidentMerge,
  IncidentUnmerged,
  MergePreview,
} from '@haidang/contracts/incident-merge'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Actor, Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { ClockService } from '../modules/deadlines/clock-service.ts'
import { isFinished } from '../modules/incidents/incident.ts'
import { followIncident, subjectOf } from '../modules/incidents/incident-deadlines.ts'
import type { IncidentService } from '../modules/incidents/incident-service.ts'
import type { IncidentStore } from '../modules/incidents/incident-store.ts'
import type { IncidentRow } from '../modules/incidents/incident-tables.ts'
import {
  handOnAll,
  heldBy,
  type IncidentBelongings,
  labelled,
  mostBelongings,
} from './incident-belongings.ts'
import type { IncidentFamily } from './incident-family.ts'
import { isDecidedSince, requireMergeable } from './incident-merge.ts'
import { type GivenThing, recordMerge } from './incident-merge-journal.ts'
import type { IncidentMergeStore } from './incident-merge-store.ts'
import { losing, reached } from './incident-reach.ts'
import type { IncidentMergeRow } from './merge-tables.ts'

export interface IncidentMergeParts {
  readonly database: Database
  readonly merges: IncidentMergeStore
  readonly store: IncidentStore
  readonly incidents: Pick<IncidentService, 'require' | 'shown'>
  readonly family: IncidentFamily
  readonly belongings: readonly IncidentBelongings[]
  readonly deadlines: ClockService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

interface Chosen {
  readonly into: string
  readonly ids: readonly string[]
}

interface Parted {
  readonly incidents: IncidentUnmerged
  readonly give: readonly Given[]
}

/** Incidents that turned out to be one. What hangs on each stays there, so it is taken back without loss. */
export class IncidentMergeService {
  readonly #parts: IncidentMergeParts

  constructor(parts: IncidentMergeParts) {
    this.#parts = parts
  }

  /** Throws as `merge`; changes nothing. */
  preview(caller: Caller, chosen: Chosen): Promise<MergePreview> {
    const { database, incidents, belongings, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { head, members, joined } = await this.#lock(tx, chosen)
      const after = reached(head, [...(await store.directlyUnder(tx, head.id)), ...members])
      const held = await heldBy(tx, belongings, joined)
      const joins = belongings.map(({ kind }) => ({
        kind,
        count: held.filter((one) => one.kind === kind).length,
      }))
      const [into, ...shown] = await incidents.shown(tx, [head, ...members])
      if (!into) throw new Problem('incident.not-found')
      return {
        into,
        incidents: shown,
        joins,
        tlp: tlpOf(after.tlp_rank),
        detected_at: after.detected_at,
        loses: losing(head, after),
      }
    })
  }

  /**
   * Puts incidents under one that stands for them. Throws Problem incident.not-found (one is not visible),
   * incident.illegal-transition (one is finished), incident.merged, incident.unmergeable, incident.unlike,
   * incident.merged-too-much, request.invalid.
   */
  merge(
    caller: Caller,
    chosen: Chosen & { readonly reason: string },
  ): Promise<{ head: Incident; merge: IncidentMerge }> {
    const { database, merges, belongings, clock, newId, journal } = this.#parts
    const { actor } = caller.scope
    return database.transact(caller.scope, async (tx) => {
      const { head: before, members } = await this.#lock(tx, chosen)
      const rank = Math.max(before.tlp_rank, ...members.map(({ tlp_rank }) => tlp_rank))
      const row: IncidentMergeRow = {
        id: newId('incidentMerge'),
        head_id: before.id,
        organisation_id: before.organisation_id,
        tlp_rank: rank,
        reason: chosen.reason,
        merged_at: clock.iso(),
        head_state: before.state,
        head_assignee_id: before.assignee_id,
        held: (await heldBy(tx, belongings, [before.id])).map(({ id }) => id),
        ended_at: null,
      }
      const ids = members.map(({ id }) => id)
      const under = await merges.add(tx, row, ids)
      const head = await this.#settle(tx, actor, before)
      const act = { type: 'incident.merged', head, actor, reason: chosen.reason } as const
      await recordMerge(journal, tx, act, under)
      const [shown] = await this.#parts.incidents.shown(tx, [head])
      const [merge] = await this.#shown(tx, [row], head)
      if (!shown || !merge) throw new Error('an incident just merged is not shown')
      return { head: shown, merge }
    })
  }

  /** Merges that hold under an incident. Throws Problem incident.not-found. */
  list(caller: Caller, headId: string, query: PageQuery): Promise<Page<IncidentMerge>> {
    const { database, merges, incidents } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const head = await incidents.require(tx, headId)
      const { items, next } = await merges.ofHead(tx, headId, query)
      return { items: await this.#shown(tx, items, head), next }
    })
  }

  /**
   * Takes a merge back. What was added to the head since stays with it unless it is given; `as-head` lets what was
   * decided on the head hold for its incidents too. Throws Problem merge.not-found, merge.ended, merge.task-there,
   * request.invalid.
   */
  unmerge(caller: Caller, id: string, parted: Parted): Promise<{ changed: Incident[] }> {
    const { database, merges, store, clock, journal, family } = this.#parts
    const { actor } = caller.scope
    return database.transact(caller.scope, async (tx) => {
      const merge = await merges.lock(tx, id)
      if (!merge) throw new Problem('merge.not-found')
      if (merge.ended_at !== null) throw new Problem('merge.ended')
      const members = (await merges.membersOf(tx, [id])).map((row) => row.id)
      // In the order of their ids, as everybody locks them.
      const locked = await store.lockAll(tx, [merge.head_id, ...members])
      const before = locked.find((row) => row.id === merge.head_id)
      if (!before) throw new Problem('merge.not-found')
      const given = await this.#give(tx, actor, merge, { ...parted, members })
      const freed = await merges.end(tx, id, clock.iso())
      const head = await this.#settle(tx, actor, before)
      const changed =
        parted.incidents === 'as-head' && isDecidedSince(merge, before)
          ? await this.#likeHead(tx, actor, head, freed)
          : freed
      const open = changed.filter(({ state }) => !isFinished(state))
      await family.release(tx, actor, head, open)
      const reason = parted.incidents
      const act = { type: 'incident.unmerged', head, actor, reason, given } as const
      await recordMerge(journal, tx, act, changed)
      return { changed: await this.#parts.incidents.shown(tx, [head, ...changed]) }
    })
  }

  /** What is to be merged, locked and found fit for it. */
  async #lock(tx: Tx, { into, ids }: Chosen) {
    const distinct = [...new Set([into, ...ids])]
    const rows = await this.#parts.store.lockAll(tx, distinct)
    if (rows.length < distinct.length) throw new Problem('incident.not-found')
    const head = rows.find(({ id }) => id === into)
    if (!head) throw new Problem('incident.not-found')
    const members = rows.filter((row) => row !== head)
    await this.#parts.family.requireUnmerged(tx, rows)
    requireMergeable(head, members)
    const under = await this.#parts.store.under(tx, distinct)
    const joined = members.flatMap(({ id }) => [id, ...(under.get(id) ?? [])])
    const held = await heldBy(tx, this.#parts.belongings, [
      into,
      ...(under.get(into) ?? []),
      ...joined,
    ])
    for (const things of Map.groupBy(held, ({ kind }) => kind).values()) {
      if (things.length >= mostBelongings) throw new Problem('incident.merged-too-much')
    }
    return { head, members, joined }
  }

  /** Lets a head be what those under it now make of it, and all it hangs under in turn. */
  async #settle(tx: Tx, actor: Actor, head: IncidentRow): Promise<IncidentRow> {
    const { store, deadlines, clock } = this.#parts
    const under = await store.directlyUnder(tx, head.id)
    const settled = { ...reached(head, under), updated_at: clock.iso() }
    const after = await store.replace(tx, settled)
    await followIncident(deadlines, tx, actor, after)
    await deadlines.carry(tx, subjectOf(after))
    const above = head.merged_into === null ? undefined : await store.lock(tx, head.merged_into)
    if (above) await this.#settle(tx, actor, above)
    return after
  }

  /** Incidents as was decided on their head; what they say of themselves stays. */
  async #likeHead(
    tx: Tx,
    actor: Actor,
    { state, closed_at, assignee_id }: IncidentRow,
    freed: readonly IncidentRow[],
  ): Promise<IncidentRow[]> {
    const changed: IncidentRow[] = []
    for (const row of freed) {
      const after = await this.#parts.store.replace(tx, { ...row, state, closed_at, assignee_id })
      await followIncident(this.#parts.deadlines, tx, actor, after)
      changed.push(after)
    }
    return changed
  }

  /** Hands on what was added to the head since to those that are taken out. */
  async #give(
    tx: Tx,
    actor: Actor,
    merge: IncidentMergeRow,
    { give, members }: Parted & { readonly members: readonly string[] },
  ): Promise<GivenThing[]> {
    if (give.length === 0) return []
    const { belongings } = this.#parts
    const held = await heldBy(tx, belongings, [merge.head_id])
    const since = held.filter(({ id }) => !merge.held.includes(id))
    for (const { kind, id, to } of give) {
      const added = since.some((one) => one.kind === kind && one.id === id)
      if (added && members.includes(to)) continue
      throw new Problem('request.invalid', `give: ${id}`, [
        {
          field: 'give',
          cause: added ? 'not to an incident of this merge' : 'not added to the head since',
          remedy: 'choose from what the merge lists',
        },
      ])
    }
    const given = await labelled(tx, belongings, give)
    await handOnAll(tx, actor, belongings, give)
    return given
  }

  async #shown(
    tx: Tx,
    rows: readonly IncidentMergeRow[],
    head: IncidentRow,
  ): Promise<IncidentMerge[]> {
    if (rows.length === 0) return []
    const { merges, incidents, belongings } = this.#parts
    const ids = rows.map(({ id }) => id)
    const members = await merges.membersOf(tx, ids)
    const shown = await incidents.shown(tx, members)
    const all = await heldBy(tx, belongings, [head.id])
    const known = rows.map((row) => new Set(row.held))
    const added = all.filter(({ id }) => known.some((had) => !had.has(id)))
    const held = await labelled(tx, belongings, added)
    return rows.map((row, n) => ({
      id: row.id,
      head_id: row.head_id,
      reason: row.reason,
      merged_at: row.merged_at,
      incidents: shown.filter((_, place) => members[place]?.merge_id === row.id),
      since: held.filter(({ id }) => !known[n]?.has(id)).map(({ tlp_rank: _, ...one }) => one),
      head_changed: isDecidedSince(row, head),
    }))
  }
}
