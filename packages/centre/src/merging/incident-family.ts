import type { Actor, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { TriageService } from '../modules/correlation/triage-service.ts'
import type { ClockService } from '../modules/deadlines/clock-service.ts'
import { clusterMove } from '../modules/incidents/incident.ts'
import { followIncident } from '../modules/incidents/incident-deadlines.ts'
import type { IncidentOrders, IncidentTasks } from '../modules/incidents/incident-orders.ts'
import type { IncidentStore } from '../modules/incidents/incident-store.ts'
import type { IncidentRow } from '../modules/incidents/incident-tables.ts'
import type { IncidentCounts } from '../modules/incidents/incident-view.ts'
import type { IncidentBelongings } from './incident-belongings.ts'
import { changedReach } from './incident-reach.ts'

export interface FamilyParts {
  readonly store: IncidentStore
  readonly triage: Pick<TriageService, 'follow'>
  readonly deadlines: ClockService
  readonly orders: Pick<IncidentOrders, 'hasOpen' | 'countByIncident'>
  readonly tasks: Pick<IncidentTasks, 'hasUnfinished'>
  readonly clusters: Pick<IncidentOrders, 'countByIncident'>
  readonly belongings: readonly IncidentBelongings[]
  readonly participants: {
    ownOf(tx: Tx, incidents: readonly string[]): Promise<IncidentCounts['participations']>
  }
}

/** An incident with those merged into it, as far as the reader sees them: what it stands for. */
export class IncidentFamily {
  readonly #parts: FamilyParts

  constructor(parts: FamilyParts) {
    this.#parts = parts
  }

  /** The incident and all that lies under it. */
  async idsOf(tx: Tx, id: string): Promise<string[]> {
    return [id, ...((await this.#parts.store.under(tx, [id])).get(id) ?? [])]
  }

  /** Ids of these incidents and of what hangs on them: what their story is about. */
  async subjectsOf(tx: Tx, id: string): Promise<string[]> {
    const ids = await this.idsOf(tx, id)
    const subjects = [...ids]
    for (const kind of this.#parts.belongings) subjects.push(...(await kind.idsOf(tx, ids)))
    return subjects
  }

  /** Throws Problem incident.orders-open, incident.tasks-open where something of one of them is not finished. */
  async requireNothingOpen(tx: Tx, id: string): Promise<void> {
    const { orders, tasks } = this.#parts
    const ids = await this.idsOf(tx, id)
    if (await orders.hasOpen(tx, ids)) throw new Problem('incident.orders-open')
    if (await tasks.hasUnfinished(tx, ids)) throw new Problem('incident.tasks-open')
  }

  /** Throws Problem incident.merged where an incident the reader sees stands for this one. */
  async requireAlone(tx: Tx, { merged_into }: IncidentRow): Promise<void> {
    if (merged_into === null) return
    const head = (await this.#parts.store.numbers(tx, [merged_into])).get(merged_into)
    if (head !== undefined) throw new Problem('incident.merged', `it is merged into ${head}`)
  }

  /**
   * Throws Problem incident.merged where one of these is under another the reader sees, incident.unmergeable where it
   * is under one they may not know of: merged once more it would be torn out there.
   */
  async requireUnmerged(tx: Tx, rows: readonly IncidentRow[]): Promise<void> {
    const merged = rows.filter(({ merged_into }) => merged_into !== null)
    const heads = merged.map(({ merged_into }) => merged_into ?? '')
    const numbers = await this.#parts.store.numbers(tx, [...new Set(heads)])
    for (const { merged_into, number } of merged) {
      const head = numbers.get(merged_into ?? '')
      if (head === undefined) throw new Problem('incident.unmergeable', number)
      throw new Problem('incident.merged', `${number} is merged into ${head}`)
    }
  }

  /**
   * An incident and what stands for it to the reader, itself unless it is merged, both locked. Throws Problem
   * incident.not-found, incident.changed-meanwhile.
   */
  async standing(tx: Tx, id: string): Promise<{ row: IncidentRow; head: IncidentRow }> {
    const way = (await this.#wayUp(tx, id)).map((one) => one.id)
    // In the order of their ids, as everybody locks them.
    const locked = await this.#parts.store.lockAll(tx, way)
    const rows = way.map((one) => locked.find((row) => row.id === one))
    const [row, head] = [rows[0], rows.at(-1)]
    if (!row || !head) throw new Problem('incident.not-found')
    const isSame = way.slice(1).every((one, place) => rows[place]?.merged_into === one)
    if (!isSame) throw new Problem('incident.changed-meanwhile')
    await this.requireAlone(tx, head)
    return { row, head }
  }

  /** An incident with changed facts, as strict as those under it. Throws Problem incident.merged-stricter. */
  async changed(tx: Tx, row: IncidentRow, change: Partial<IncidentRow>): Promise<IncidentRow> {
    const under = row.own_reach === null ? [] : await this.#parts.store.directlyUnder(tx, row.id)
    return changedReach(row, change, under)
  }

  /**
   * Lets clusters of all of them, and deadlines of those under it, follow an incident to another state. Clusters closed
   * before it was stay closed; where an act is `undone`, so do those somebody closed since.
   */
  async follow(
    tx: Tx,
    actor: Actor,
    before: IncidentRow,
    after: IncidentRow,
    undone = false,
  ): Promise<void> {
    const { store, triage, deadlines } = this.#parts
    const moved = clusterMove(before.state, after.state)
    if (!moved) return
    const under = (await store.under(tx, [after.id])).get(after.id) ?? []
    const followed = undone ? 'restored' : moved
    await triage.follow(tx, actor, [after.id, ...under], followed, before.closed_at ?? undefined)
    if (under.length === 0) return
    if (moved === 'rejected') {
      for (const id of under) await deadlines.stop(tx, actor, id, 'the incident was rejected')
    }
    if (before.state === 'rejected') await this.#resume(tx, actor, under)
  }

  /** Lets what was ended with a head, or with what stands for that, go on with incidents taken out from under it. */
  async release(tx: Tx, actor: Actor, head: IncidentRow, freed: readonly IncidentRow[]) {
    const { store, triage } = this.#parts
    const top = (await this.#wayUp(tx, head.id)).at(-1)
    if (!top || top.closed_at === null) return
    const heads = freed.map(({ id }) => id)
    const under = [...(await store.under(tx, heads)).values()].flat()
    const ids = [...heads, ...under]
    await triage.follow(tx, actor, ids, 'reopened', top.closed_at)
    if (top.state === 'rejected') await this.#resume(tx, actor, ids)
  }

  /** An incident and what it lies under, as far as the reader sees it. */
  async #wayUp(tx: Tx, id: string): Promise<IncidentRow[]> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) return []
    return row.merged_into === null ? [row] : [row, ...(await this.#wayUp(tx, row.merged_into))]
  }

  /** How much hangs on incidents and on those under them, and what stands for them. */
  async counts(tx: Tx, rows: readonly IncidentRow[]): Promise<IncidentCounts> {
    const { store, clusters, orders, participants } = this.#parts
    const ids = rows.map(({ id }) => id)
    const under = await store.under(tx, ids)
    const all = [...new Set([...ids, ...[...under.values()].flat()])]
    const heads = rows.map(({ merged_into }) => merged_into).filter((id) => id !== null)
    return {
      under,
      participations: await participants.ownOf(tx, ids),
      heads: new Set((await store.numbers(tx, [...new Set(heads)])).keys()),
      clusters: summed(ids, under, await clusters.countByIncident(tx, all)),
      orders: summed(ids, under, await orders.countByIncident(tx, all)),
    }
  }

  async #resume(tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> {
    const { store, deadlines } = this.#parts
    for (const row of await store.lockAll(tx, ids)) await followIncident(deadlines, tx, actor, row)
  }
}

function summed(
  ids: readonly string[],
  under: ReadonlyMap<string, readonly string[]>,
  counts: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const of = (id: string) => counts.get(id) ?? 0
  return new Map(
    ids.map((id) => [id, (under.get(id) ?? []).reduce((sum, one) => sum + of(one), of(id))]),
  )
}
