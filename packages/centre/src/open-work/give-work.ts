import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { triagedPart } from '../modules/correlation/cluster.ts'
import type { ClusterStore } from '../modules/correlation/cluster-store.ts'
import type { ClusterView } from '../modules/correlation/cluster-view.ts'
import type { ClockService } from '../modules/deadlines/clock-service.ts'
import type { GiveTo } from '../modules/handovers/transfer.ts'
import { isFinished } from '../modules/incidents/incident.ts'
import { followIncident } from '../modules/incidents/incident-deadlines.ts'
import type { IncidentStore } from '../modules/incidents/incident-store.ts'

interface GiveParts {
  readonly clock: Clock
  readonly journal: Journal
  readonly clusters: ClusterStore
  readonly clusterView: Pick<ClusterView, 'heads'>
  readonly incidents: IncidentStore
  readonly deadlines: ClockService
}

type Given = Parameters<GiveTo>[2]

const reason = 'hand-over'

/** Changes the owner of open work of whoever goes off duty, or of nobody; what others are at work on, or another stands for, stays. */
export function giveWork(parts: GiveParts): GiveTo {
  return async (tx, caller, given) => {
    const changed = given.kind === 'incident' ? incidents : clusters
    return new Set(await changed(parts, tx, caller, given))
  }
}

async function incidents(
  { incidents: store, journal, deadlines, clock }: GiveParts,
  tx: Tx,
  { scope: { actor } }: Caller,
  { ids, from, to }: Given,
): Promise<string[]> {
  const given: string[] = []
  const rows = await store.lockAll(tx, ids)
  const heads = await store.numbers(tx, [
    ...new Set(rows.map(({ merged_into }) => merged_into).filter((id) => id !== null)),
  ])
  for (const before of rows) {
    const { id } = before
    if (isFinished(before.state) || !isFree(before, from) || !isAlone(before, heads)) continue
    const after = await store.replace(tx, { ...before, assignee_id: to, updated_at: clock.iso() })
    await followIncident(deadlines, tx, actor, after)
    await journal.append(tx, {
      type: 'incident.updated',
      organisation_id: after.organisation_id,
      tlp_rank: after.tlp_rank,
      actor,
      authority: 'shift.stand',
      subject: id,
      reason,
      before: { assignee_id: before.assignee_id },
      after: { assignee_id: to },
    })
    given.push(id)
  }
  return given
}

async function clusters(
  { clusters: store, clusterView, journal }: GiveParts,
  tx: Tx,
  { scope: { actor } }: Caller,
  { ids, from, to }: Given,
): Promise<string[]> {
  const rows = await store.lock(tx, ids)
  const heads = await clusterView.heads(tx, rows)
  const wanted = rows.filter(
    (row) => row.state !== 'closed' && isFree(row, from) && isAlone(row, heads),
  )
  await store.change(
    tx,
    wanted.map((row) => ({ ...triagedPart(row), id: row.id, assignee_id: to })),
  )
  for (const row of wanted) {
    const before = triagedPart(row)
    await journal.append(tx, {
      type: 'cluster.triaged',
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor,
      authority: 'shift.stand',
      subject: row.id,
      reason,
      before,
      after: { ...before, assignee_id: to },
    })
  }
  return wanted.map(({ id }) => id)
}

function isFree({ assignee_id }: { readonly assignee_id: string | null }, from: string): boolean {
  return assignee_id === null || assignee_id === from
}

/** Whether nothing the taker sees stands for it. */
function isAlone(
  { merged_into }: { readonly merged_into: string | null },
  heads: { has(id: string): boolean },
): boolean {
  return merged_into === null || !heads.has(merged_into)
}
