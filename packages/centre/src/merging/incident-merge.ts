import { Problem } from '@haidang/runtime/problem'
import { isFinished } from '../modules/incidents/incident.ts'
import type { IncidentRow } from '../modules/incidents/incident-tables.ts'
import type { IncidentMergeRow } from './merge-tables.ts'

/**
 * That these may be put under a head. Throws Problem incident.illegal-transition (one is finished), incident.unlike,
 * request.invalid (there is nothing beside the head).
 */
export function requireMergeable(head: IncidentRow, members: readonly IncidentRow[]): void {
  if (members.length === 0) {
    throw new Problem('request.invalid', 'ids', [
      { field: 'ids', cause: 'nothing beside the head', remedy: 'name another incident' },
    ])
  }
  for (const { number, state } of [head, ...members]) {
    if (isFinished(state)) {
      throw new Problem('incident.illegal-transition', `${number} is ${state}: reopen it first`)
    }
  }
  const other = members.find(
    (row) =>
      row.organisation_id !== head.organisation_id ||
      row.simulated !== head.simulated ||
      row.exercise !== head.exercise,
  )
  if (other) throw new Problem('incident.unlike', other.number)
}

/** Whether something was decided on the head since a merge that those it took out may take over. */
export function isDecidedSince(
  { head_state, head_assignee_id }: IncidentMergeRow,
  head: Pick<IncidentRow, 'state' | 'assignee_id'>,
): boolean {
  return head.state !== head_state || head.assignee_id !== head_assignee_id
}
