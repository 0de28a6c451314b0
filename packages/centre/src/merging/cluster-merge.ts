import type { ClusterState } from '@haidang/contracts/cluster'
import { Problem } from '@haidang/runtime/problem'
import type { ClusterRow } from '../modules/correlation/cluster-tables.ts'

const worked: readonly ClusterState[] = ['escalated', 'acknowledged', 'new']

/**
 * The cluster that is to stand for these: the strictest by TLP, so that what is decided on it is read by nobody
 * who may not read them all; of those the furthest in triage, then the largest, then the oldest. Throws Problem
 * cluster.illegal-act (one is closed, snoozed or merged already), cluster.unlike.
 */
export function headOf(rows: readonly ClusterRow[]): ClusterRow {
  for (const row of rows) requireMergeable(row)
  const [head] = rows.toSorted(
    (a, b) =>
      b.tlp_rank - a.tlp_rank ||
      progress(a) - progress(b) ||
      b.alert_count - a.alert_count ||
      (a.id < b.id ? -1 : 1),
  )
  if (!head) throw new Problem('cluster.not-found')
  const unlike = rows.some(
    (row) => row.organisation_id !== head.organisation_id || row.simulated !== head.simulated,
  )
  if (unlike) throw new Problem('cluster.unlike')
  return head
}

function requireMergeable({ id, state, merged_into }: ClusterRow): void {
  if (merged_into !== null) {
    throw new Problem('cluster.illegal-act', `${id} is merged already: take that back first`)
  }
  if (state === 'closed' || state === 'snoozed') {
    throw new Problem('cluster.illegal-act', `${id} is ${state}: reopen it first`)
  }
}

function progress({ state }: ClusterRow): number {
  return worked.indexOf(state)
}
