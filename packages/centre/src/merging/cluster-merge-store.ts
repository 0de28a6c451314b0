import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type ClusterRow, cluster } from '../modules/correlation/cluster-tables.ts'
import { type ClusterMergeRow, clusterMerge } from './merge-tables.ts'

const fields = {
  id: { column: clusterMerge.id, kind: 'word' },
  merged_at: { column: clusterMerge.merged_at, kind: 'time' },
} as const

/** Merges of clusters, always inside a given transaction and so inside its scope. */
export class ClusterMergeStore {
  /** Puts clusters under a head. */
  async add(tx: Tx, merge: ClusterMergeRow, clusters: readonly string[]): Promise<ClusterRow[]> {
    await tx.insert(clusterMerge).values(merge)
    return tx
      .update(cluster)
      .set({
        merged_into: merge.head_id,
        merge_id: merge.id,
        version: sql`${cluster.version} + 1`,
      })
      .where(inArray(cluster.id, [...clusters]))
      .returning()
  }

  /** The merge that holds, locked. */
  async lock(tx: Tx, id: string): Promise<ClusterMergeRow | undefined> {
    const [row] = await tx.select().from(clusterMerge).where(eq(clusterMerge.id, id)).for('update')
    return row
  }

  /** Lets the clusters of a merge stand alone again. */
  async end(tx: Tx, id: string, now: string): Promise<ClusterRow[]> {
    await tx.update(clusterMerge).set({ ended_at: now }).where(eq(clusterMerge.id, id))
    return tx
      .update(cluster)
      .set({ merged_into: null, merge_id: null, version: sql`${cluster.version} + 1` })
      .where(eq(cluster.merge_id, id))
      .returning()
  }

  /** Ids of the clusters merges put under their heads, as far as the scope shows. */
  async membersOf(tx: Tx, merges: readonly string[]): Promise<ClusterRow[]> {
    if (merges.length === 0) return []
    return tx
      .select()
      .from(cluster)
      .where(inArray(cluster.merge_id, [...merges]))
      .orderBy(cluster.id)
  }

  /** The merges that hold under a head, newest first. */
  async ofHead(tx: Tx, headId: string, query: PageQuery): Promise<Page<ClusterMergeRow>> {
    const page = keyset({
      query,
      fields,
      sorts: ['-merged_at'],
      id: clusterMerge.id,
      only: and(eq(clusterMerge.head_id, headId), isNull(clusterMerge.ended_at)),
    })
    return page.read(tx.select().from(clusterMerge))
  }
}
