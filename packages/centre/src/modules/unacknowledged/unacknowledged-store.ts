import type { Tx } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { unacknowledgedCluster } from './unacknowledged-tables.ts'

/** A cluster whose next step is due. */
export interface Late {
  readonly cluster_id: string
  readonly tlp_rank: number
  /** Since when it waits, milliseconds. */
  readonly since: number
}

/** New clusters looked at in one round at most; the rest wait for the next one. */
const round = 5_000

/** Rows of clusters that wait, always inside a given transaction of the node. */
export class UnacknowledgedStore {
  /** Forgets those somebody has acknowledged, or another cluster stands for. */
  async end(tx: Tx): Promise<void> {
    await tx.execute(sql`
      delete from ${unacknowledgedCluster} w using cluster c
      where c.id = w.cluster_id and (c.state <> 'new' or c.merged_into is not null)`)
  }

  /** Counts from now for new clusters of these severities: what comes late over a link waits no longer for that. */
  async begin(tx: Tx, severityRanks: readonly number[], now: string): Promise<void> {
    await tx.execute(sql`
      insert into ${unacknowledgedCluster} (cluster_id, organisation_id, tlp_rank, since, steps)
      select c.id, c.organisation_id, c.tlp_rank, ${now}, 0 from cluster c
      where c.state = 'new' and c.merged_into is null
        and c.severity_rank = any(${sql.param([...severityRanks])}::int[])
        and not exists (select from ${unacknowledgedCluster} w where w.cluster_id = c.id)
      limit ${round}`)
  }

  /** Takes a step for all of a severity that wait since then or longer, and have not taken it; answers which. */
  async step(tx: Tx, severityRank: number, step: number, since: string): Promise<Late[]> {
    const { rows } = await tx.execute<{ cluster_id: string; tlp_rank: number; since: string }>(sql`
      update ${unacknowledgedCluster} w set steps = ${step + 1} from cluster c
      where c.id = w.cluster_id and c.severity_rank = ${severityRank}
        and w.steps <= ${step} and w.since <= ${since}
      returning w.cluster_id, w.tlp_rank,
        (extract(epoch from w.since) * 1000)::float8 as since`)
    return rows.map((row) => ({ ...row, since: Number(row.since) }))
  }
}
