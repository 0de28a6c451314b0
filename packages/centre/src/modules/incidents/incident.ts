import type { IncidentState } from '@haidang/contracts/incident'

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
