import type { Cluster, TriageAct } from '@haidang/contracts/cluster'
import type { EntryType } from '@haidang/contracts/journal'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type Names, requirePerson } from '../../names.ts'
import {
  escalated,
  following,
  type Triaged,
  triaged,
  triagedPart,
  undoMilliseconds,
} from './cluster.ts'
import type { ClusterStore } from './cluster-store.ts'
import type { ClusterRow } from './cluster-tables.ts'
import type { ClusterView } from './cluster-view.ts'

export interface TriageParts {
  readonly database: Database
  readonly store: ClusterStore
  readonly view: ClusterView
  readonly names: Names
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

interface Wanted {
  readonly before: ClusterRow
  readonly to: Triaged
}

interface Change {
  readonly before: ClusterRow
  readonly after: ClusterRow
}

interface Grounds {
  readonly type: EntryType
  readonly authority: string
  readonly reason: string
}

/** What officers decide about clusters, and how it is taken back. */
export class TriageService {
  readonly #parts: TriageParts

  constructor(parts: TriageParts) {
    this.#parts = parts
  }

  /**
   * One act on many clusters. What the act does not change, and in a bulk what it may not change, is left
   * out of the answer; `undo` is good for ten seconds. Throws Problem cluster.not-found (none of them is
   * visible), cluster.illegal-act (it is possible on none), person.not-found (assignee).
   */
  triage(
    caller: Caller,
    ids: readonly string[],
    act: TriageAct,
  ): Promise<{ changed: Cluster[]; undo: string | null }> {
    const { database, store, view, clock, names } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      if (act.act === 'assign' && act.person_id !== null) {
        await requirePerson(names, tx, act.person_id)
      }
      const rows = await store.lock(tx, [...new Set(ids)])
      if (rows.length === 0) throw new Problem('cluster.not-found')
      const heads = await view.heads(tx, rows)
      const wanted = attempt(rows, (row) => {
        requireAlone(row, heads)
        return triaged(row, act, clock.now())
      })
      const reason = act.act === 'close' ? act.note : ''
      const changes = await this.#change(tx, caller.scope.actor, wanted, {
        type: 'cluster.triaged',
        authority: 'alert.triage',
        reason: `${act.act}${reason === '' ? '' : `: ${reason}`}`,
      })
      const undo = await this.#keepUndo(tx, caller.scope.actor.id, changes)
      return {
        changed: await view.clusters(
          tx,
          changes.map(({ after }) => after),
        ),
        undo,
      }
    })
  }

  /**
   * Takes a triage act back wherever nobody has changed the cluster since; `skipped` counts the others.
   * Throws Problem undo.expired: older than ten seconds, used before, or another's.
   */
  undo(caller: Caller, token: string): Promise<{ changed: Cluster[]; skipped: number }> {
    const { database, store, view, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const kept = await store.takeUndo(tx, token, caller.scope.actor.id, clock.iso())
      if (kept.length === 0) throw new Problem('undo.expired')
      const byId = new Map(kept.map((row) => [row.cluster_id, row]))
      const rows = await store.lock(tx, [...byId.keys()])
      const wanted = rows.flatMap((row) => {
        const undo = byId.get(row.id)
        return undo?.version_after === row.version ? [{ before: row, to: undo.before }] : []
      })
      const changes = await this.#change(tx, caller.scope.actor, wanted, {
        type: 'cluster.triage-undone',
        authority: 'alert.triage',
        reason: '',
      })
      const changed = await view.clusters(
        tx,
        changes.map(({ after }) => after),
      )
      return { changed, skipped: kept.length - changed.length }
    })
  }

  /**
   * Makes clusters part of an incident, in its transaction; answers them as they were found. Throws
   * Problem cluster.not-found (one of them is not visible), cluster.illegal-act (another incident has it).
   */
  async escalate(
    tx: Tx,
    actor: Scope['actor'],
    ids: readonly string[],
    incidentId: string,
  ): Promise<ClusterRow[]> {
    const distinct = [...new Set(ids)]
    if (distinct.length === 0) return []
    const rows = await this.#parts.store.lock(tx, distinct)
    if (rows.length < distinct.length) throw new Problem('cluster.not-found')
    const heads = await this.#parts.view.heads(tx, rows)
    for (const row of rows) requireAlone(row, heads)
    const wanted = rows.map((before) => ({ before, to: escalated(before, incidentId) }))
    await this.#change(
      tx,
      actor,
      wanted.filter(({ before, to }) => before !== to),
      {
        type: 'cluster.triaged',
        authority: 'incident.handle',
        reason: 'escalate',
      },
    )
    return rows
  }

  /**
   * Lets the clusters of incidents follow them when they end or are taken up again, in their transaction. `since`:
   * what was closed before stays closed.
   */
  async follow(
    tx: Tx,
    actor: Scope['actor'],
    incidents: readonly string[],
    moved: 'closed' | 'rejected' | 'reopened' | 'restored',
    since = '',
  ): Promise<void> {
    const { store, clock } = this.#parts
    const grounds = {
      type: 'cluster.triaged',
      authority: 'incident.handle',
      reason: `incident ${moved}`,
    } as const
    for (let ids = await store.idsOfIncidents(tx, incidents); ids.length > 0; ) {
      const wanted = (await store.lock(tx, ids))
        .filter(({ closed_at }) => closed_at === null || closed_at >= since)
        .map((before) => ({ before, to: following(before, moved, clock.now()) }))
        .filter(({ before, to }) => before !== to)
      await this.#change(tx, actor, wanted, grounds)
      ids = await store.idsOfIncidents(tx, incidents, ids.at(-1))
    }
  }

  /** Hands clusters of one incident on to another, in its transaction. */
  async handOn(
    tx: Tx,
    actor: Scope['actor'],
    ids: readonly string[],
    incidentId: string,
  ): Promise<void> {
    const rows = await this.#parts.store.lock(tx, ids)
    const wanted = rows.map((before) => ({ before, to: { ...before, incident_id: incidentId } }))
    await this.#change(tx, actor, wanted, {
      type: 'cluster.triaged',
      authority: 'incident.handle',
      reason: 'escalate',
    })
  }

  /** Brings back clusters whose snooze is over, and forgets undos nobody can use any more. */
  async wake(): Promise<number> {
    const { database, store, clock } = this.#parts
    return database.transact(systemScope, async (tx) => {
      await store.forgetUndo(tx, clock.iso())
      const rows = await store.lock(tx, await store.snoozeOver(tx, clock.iso()))
      const wanted = rows
        .filter(({ state }) => state === 'snoozed')
        .map((before) => ({
          before,
          to: { ...before, state: 'new' as const, snoozed_until: null },
        }))
      const changes = await this.#change(tx, systemScope.actor, wanted, {
        type: 'cluster.triaged',
        authority: 'system',
        reason: 'snooze over',
      })
      return changes.length
    })
  }

  async #change(
    tx: Tx,
    actor: Scope['actor'],
    wanted: readonly Wanted[],
    grounds: Grounds,
  ): Promise<Change[]> {
    const rows = await this.#parts.store.change(
      tx,
      wanted.map(({ before, to }) => ({ id: before.id, ...triagedPart(to) })),
    )
    const after = new Map(rows.map((row) => [row.id, row]))
    const changes = wanted.flatMap(({ before }) => {
      const row = after.get(before.id)
      return row ? [{ before, after: row }] : []
    })
    for (const change of changes) await this.#record(tx, actor, change, grounds)
    return changes
  }

  /** One entry per cluster, so that the story of each is found under its own id. */
  async #record(
    tx: Tx,
    actor: Scope['actor'],
    { before, after }: Change,
    grounds: Grounds,
  ): Promise<void> {
    const incidents = [before.incident_id, after.incident_id].filter((id) => id !== null)
    await this.#parts.journal.append(tx, {
      ...grounds,
      organisation_id: after.organisation_id,
      tlp_rank: after.tlp_rank,
      actor,
      subject: after.id,
      related: [...new Set(incidents)],
      before: triagedPart(before),
      after: triagedPart(after),
    })
  }

  async #keepUndo(tx: Tx, actorId: string, changes: readonly Change[]): Promise<string | null> {
    if (changes.length === 0) return null
    const { store, clock, newId } = this.#parts
    const token = newId('entry')
    await store.keepUndo(
      tx,
      changes.map(({ before, after }) => ({
        token,
        cluster_id: after.id,
        organisation_id: after.organisation_id,
        tlp_rank: after.tlp_rank,
        actor_id: actorId,
        expires_at: isoOf(clock.now() + undoMilliseconds),
        version_after: after.version,
        before: triagedPart(before),
      })),
    )
    return token
  }
}

/** Throws Problem cluster.illegal-act where a cluster the reader sees stands for this one. */
function requireAlone({ merged_into }: ClusterRow, heads: ReadonlySet<string>): void {
  if (merged_into === null || !heads.has(merged_into)) return
  throw new Problem('cluster.illegal-act', `it is merged into ${merged_into}: act there or unmerge`)
}

/** Acts on each row; refuses only where the act was possible on none. Rows it does not change are left out. */
function attempt(rows: readonly ClusterRow[], act: (row: ClusterRow) => ClusterRow): Wanted[] {
  let refusal: Problem | undefined
  const tried = rows.flatMap((before) => {
    try {
      return [{ before, to: act(before) }]
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'cluster.illegal-act') throw error
      refusal ??= error
      return []
    }
  })
  if (tried.length === 0 && refusal) throw refusal
  return tried.filter(({ before, to }) => before !== to)
}
