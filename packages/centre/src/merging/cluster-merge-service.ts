import type { Cluster, ClusterMerge, Unmerged } from '@haidang/contracts/cluster'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { triagedPart } from '../modules/correlation/cluster.ts'
import type { ClusterStore } from '../modules/correlation/cluster-store.ts'
import type { ClusterRow } from '../modules/correlation/cluster-tables.ts'
import type { ClusterView } from '../modules/correlation/cluster-view.ts'
import { headOf } from './cluster-merge.ts'
import type { ClusterMergeStore } from './cluster-merge-store.ts'
import type { ClusterMergeRow } from './merge-tables.ts'

export interface ClusterMergeParts {
  readonly database: Database
  readonly store: ClusterMergeStore
  readonly clusters: ClusterStore
  readonly clusterView: ClusterView
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** One act for clusters that are one thing. Nothing of them is moved or changed, so it is taken back without loss. */
export class ClusterMergeService {
  readonly #parts: ClusterMergeParts

  constructor(parts: ClusterMergeParts) {
    this.#parts = parts
  }

  /**
   * Puts clusters under the strictest of them. Throws Problem cluster.not-found (one is not visible),
   * cluster.illegal-act (one is closed, snoozed or merged already), cluster.unlike.
   */
  merge(
    caller: Caller,
    ids: readonly string[],
    reason: string,
  ): Promise<{ head: Cluster; merge: ClusterMerge }> {
    const { database, store, clusters, clusterView, clock, newId } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const distinct = [...new Set(ids)]
      const rows = await clusters.lock(tx, distinct)
      if (rows.length < distinct.length) throw new Problem('cluster.not-found')
      const head = headOf(rows)
      const members = rows.filter((row) => row !== head)
      if (members.length === 0)
        throw new Problem('request.invalid', 'ids: name two clusters or more')
      const row: ClusterMergeRow = {
        id: newId('merge'),
        head_id: head.id,
        organisation_id: head.organisation_id,
        tlp_rank: head.tlp_rank,
        reason,
        merged_at: clock.iso(),
        head_version: head.version,
        alert_count: alertsOf(members),
        ended_at: null,
      }
      const merged = await store.add(
        tx,
        row,
        members.map(({ id }) => id),
      )
      await this.#record(tx, caller.scope.actor, { type: 'cluster.merged', head, reason }, merged)
      const [shown] = await clusterView.clusters(tx, [head])
      const [merge] = await this.#shown(tx, [row], head)
      if (!shown || !merge) throw new Error('a cluster just merged is not shown')
      return { head: shown, merge }
    })
  }

  /** Merges that hold under a cluster. Throws Problem cluster.not-found. */
  list(caller: Caller, headId: string, query: PageQuery): Promise<Page<ClusterMerge>> {
    const { database, store, clusters } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const head = await clusters.get(tx, headId)
      if (!head) throw new Problem('cluster.not-found')
      const { items, next } = await store.ofHead(tx, headId, query)
      return { items: await this.#shown(tx, items, head), next }
    })
  }

  /**
   * Takes a merge back. Alerts that came since stay in the cluster they came to; `as-head` lets what was decided
   * on the head since hold for its clusters too. Throws Problem merge.not-found, merge.ended.
   */
  unmerge(caller: Caller, id: string, then: Unmerged): Promise<{ changed: Cluster[] }> {
    const { database, store, clusters, clusterView, clock } = this.#parts
    const { actor } = caller.scope
    return database.transact(caller.scope, async (tx) => {
      const merge = await store.lock(tx, id)
      if (!merge) throw new Problem('merge.not-found')
      if (merge.ended_at !== null) throw new Problem('merge.ended')
      const members = (await store.membersOf(tx, [id])).map((row) => row.id)
      // In the order of their ids, as everybody locks them.
      const locked = await clusters.lock(tx, [merge.head_id, ...members])
      const head = locked.find((row) => row.id === merge.head_id)
      if (!head) throw new Problem('merge.not-found')
      const freed = await store.end(tx, id, clock.iso())
      const decided = then === 'as-head' && head.version !== merge.head_version
      const changed = decided ? await clusters.change(tx, freed.map(likeHead(head))) : freed
      await this.#record(tx, actor, { type: 'cluster.unmerged', head, reason: then }, changed)
      return { changed: await clusterView.clusters(tx, [head, ...changed]) }
    })
  }

  async #shown(
    tx: Tx,
    rows: readonly ClusterMergeRow[],
    head: ClusterRow,
  ): Promise<ClusterMerge[]> {
    const members = await this.#parts.store.membersOf(
      tx,
      rows.map(({ id }) => id),
    )
    const shown = await this.#parts.clusterView.alone(tx, members)
    return rows.map(({ id, head_id, reason, merged_at, head_version, alert_count }) => ({
      id,
      head_id,
      reason,
      merged_at,
      clusters: shown.filter((_, place) => members[place]?.merge_id === id),
      alerts_since: Math.max(
        0,
        alertsOf(members.filter(({ merge_id }) => merge_id === id)) - alert_count,
      ),
      head_changed: head.version !== head_version,
    }))
  }

  /** An entry for each cluster, so that the story of each is found under its own id, and one for the head. */
  async #record(
    tx: Tx,
    actor: Scope['actor'],
    act: { readonly type: EntryType; readonly head: ClusterRow; readonly reason: string },
    members: readonly ClusterRow[],
  ): Promise<void> {
    const { head, type, reason } = act
    const grounds = { type, reason, actor, authority: 'alert.triage' }
    const merging = type === 'cluster.merged'
    await this.#parts.journal.append(tx, {
      ...grounds,
      organisation_id: head.organisation_id,
      tlp_rank: head.tlp_rank,
      subject: head.id,
      related: [...members.map(({ id }) => id), ...incidentOf(head)],
      before: null,
      after: { clusters: members.map(({ id }) => id) },
    })
    for (const member of members) {
      await this.#parts.journal.append(tx, {
        ...grounds,
        organisation_id: member.organisation_id,
        tlp_rank: Math.max(member.tlp_rank, head.tlp_rank),
        subject: member.id,
        related: [head.id, ...incidentOf(member)],
        before: { merged_into: merging ? null : head.id },
        after: { merged_into: member.merged_into },
      })
    }
  }
}

function incidentOf({ incident_id }: ClusterRow): string[] {
  return incident_id === null ? [] : [incident_id]
}

function alertsOf(rows: readonly ClusterRow[]): number {
  return rows.reduce((sum, row) => sum + row.alert_count, 0)
}

/** A cluster as was decided on its head; how bad it is stays its own, and so does an incident it has. */
function likeHead(head: ClusterRow) {
  const decided = triagedPart(head)
  return (row: ClusterRow) => ({
    ...decided,
    id: row.id,
    severity_rank: row.severity_rank,
    severity_fixed: row.severity_fixed,
    incident_id: row.incident_id ?? head.incident_id,
  })
}
