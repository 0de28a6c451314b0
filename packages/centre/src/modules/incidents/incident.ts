import type { IncidentState } from '@haidang/contracts/incident'
import { Problem } from '@haidang/runtime/problem'

/**
 * Where an incident may go from each state: forward through the ordinary process (TT 20/2017 art. 11),
 * also past a step that was not needed; back to `open` when a finished one is taken up again.
 * Only what nobody has verified yet can turn out to be no incident.
 */
const transitions: Readonly<Record<IncidentState, readonly IncidentState[]>> = {
  open: ['verified', 'contained', 'eradicated', 'recovered', 'closed', 'rejected'],
  verified: ['contained', 'eradicated', 'recovered', 'closed', 'rejected'],
  contained: ['eradicated', 'recovered', 'closed'],
  eradicated: ['recovered', 'closed'],
  recovered: ['closed'],
  closed: ['open'],
  rejected: ['open'],
}

/** States an incident can move to from this one. */
export function nextStates(from: IncidentState): readonly IncidentState[] {
  return transitions[from]
}

/** Throws Problem incident.illegal-transition where the process does not allow the move. */
export function requireTransition(from: IncidentState, to: IncidentState): void {
  if (transitions[from].includes(to)) return
  throw new Problem('incident.illegal-transition', `from ${from} to ${to}`)
}

/** Whether nothing is left to do. */
export function isFinished(state: IncidentState): boolean {
  return state === 'closed' || state === 'rejected'
}

/** Moves that need the permission to close, not only to handle. */
export function needsClosing(to: IncidentState): boolean {
  return to === 'closed' || to === 'rejected'
}

/** What a move means to the clusters of an incident; undefined: they stay as they are. */
export function clusterMove(
  from: IncidentState,
  to: IncidentState,
): 'closed' | 'rejected' | 'reopened' | undefined {
  if (to === 'closed' || to === 'rejected') return to
  return isFinished(from) ? 'reopened' : undefined
}
