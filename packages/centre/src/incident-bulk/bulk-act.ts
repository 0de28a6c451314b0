import type { BulkAct } from '@haidang/contracts/incident-bulk'
import type { IncidentRow } from '../modules/incidents/incident-tables.ts'
import type { StepGuard } from '../modules/incidents/step-guard.ts'

/** What acts on many incidents may change of one, and all of it: what undo puts back. */
export type Decided = Pick<IncidentRow, 'state' | 'assignee_id' | 'closed_at'>

/**
 * An incident after an act; the very same object where the act changes nothing. Throws Problem
 * incident.illegal-transition, incident.note-required.
 */
export function decidedBy(
  row: IncidentRow,
  act: BulkAct,
  now: string,
  steps: Pick<StepGuard, 'requireStep'>,
): IncidentRow {
  if (act.act === 'assign') {
    return row.assignee_id === act.person_id ? row : { ...row, assignee_id: act.person_id }
  }
  steps.requireStep(row.state, { state: 'rejected', note: act.reason })
  return { ...row, state: 'rejected', closed_at: now }
}

/** Only the part of a row such acts may change. */
export function decidedPart({ state, assignee_id, closed_at }: Decided): Decided {
  return { state, assignee_id, closed_at }
}
