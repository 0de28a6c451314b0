import type { CloseReason, ClusterState, TriageAct } from '@haidang/contracts/cluster'
import { millisecondsOf } from '@haidang/contracts/instant'
import { type Severity, severityId } from '@haidang/contracts/severity'
import { isoOf } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'

/** What triage may change of a cluster, and all of it: what undo puts back. */
export interface Triaged {
  readonly state: ClusterState
  readonly assignee_id: string | null
  readonly severity_rank: number
  readonly severity_fixed: boolean
  readonly close_reason: CloseReason | null
  readonly close_note: string | null
  readonly closed_at: string | null
  readonly snoozed_until: string | null
  readonly incident_id: string | null
}

/** How long an act may be taken back, milliseconds (ux.md 1.3). */
export const undoMilliseconds = 10_000
const longestSnooze = 30 * 24 * 3_600_000

/** From which states each act that moves a cluster may start; a cluster already there stays as it is. */
const starts: Readonly<
  Record<'acknowledge' | 'snooze' | 'close' | 'reopen', readonly ClusterState[]>
> = {
  acknowledge: ['new', 'snoozed', 'acknowledged'],
  snooze: ['new', 'acknowledged', 'snoozed'],
  close: ['new', 'acknowledged', 'snoozed', 'escalated'],
  reopen: ['closed', 'snoozed'],
}

/**
 * The cluster after an act at `now` (milliseconds); the very same object where the act changes nothing.
 * Throws Problem cluster.illegal-act where its state does not allow the act, request.invalid for a
 * snooze that does not end within the next 30 days.
 */
export function triaged<T extends Triaged>(cluster: T, act: TriageAct, now: number): T {
  switch (act.act) {
    case 'assign':
      return changed(cluster, { assignee_id: act.person_id })
    case 'severity':
      return regraded(cluster, act.severity)
    case 'acknowledge':
      mayStart(cluster, act.act)
      return changed(cluster, { state: 'acknowledged', snoozed_until: null })
    case 'snooze':
      mayStart(cluster, act.act)
      return changed(cluster, { state: 'snoozed', snoozed_until: snoozeEnd(act.until, now) })
    case 'close':
      mayStart(cluster, act.act)
      return changed(cluster, {
        state: 'closed',
        close_reason: act.reason,
        close_note: act.note === '' ? null : act.note,
        closed_at: isoOf(now),
        snoozed_until: null,
      })
    case 'reopen':
      mayStart(cluster, act.act)
      return changed(cluster, { ...open, state: cluster.incident_id ? 'escalated' : 'new' })
  }
}

/** The cluster as part of an incident. Throws Problem cluster.illegal-act where another has it. */
export function escalated<T extends Triaged>(cluster: T, incidentId: string): T {
  if (cluster.incident_id !== null && cluster.incident_id !== incidentId) {
    throw new Problem('cluster.illegal-act', `it belongs to incident ${cluster.incident_id}`)
  }
  return changed(cluster, { ...open, state: 'escalated', incident_id: incidentId })
}

/** What becomes of a cluster when its incident ends or is taken up again; `restored`: its rejection is undone. */
export function following<T extends Triaged>(
  cluster: T,
  incident: 'closed' | 'rejected' | 'reopened' | 'restored',
  now: number,
): T {
  if (incident === 'reopened') return changed(cluster, { ...open, state: 'escalated' })
  if (incident === 'restored') {
    return cluster.state === 'acknowledged' ? changed(cluster, { state: 'escalated' }) : cluster
  }
  if (cluster.state !== 'escalated') return cluster
  // Not an incident does not say that the alerts were wrong: they go back to the officer.
  if (incident === 'rejected') return changed(cluster, { ...open, state: 'acknowledged' })
  return changed(cluster, {
    state: 'closed',
    close_reason: 'true_positive',
    close_note: null,
    closed_at: isoOf(now),
  })
}

const open = { close_reason: null, close_note: null, closed_at: null, snoozed_until: null } as const

function mayStart(cluster: Triaged, act: keyof typeof starts): void {
  if (starts[act].includes(cluster.state)) return
  throw new Problem('cluster.illegal-act', `${act} is not possible in state ${cluster.state}`)
}

function regraded<T extends Triaged>(cluster: T, severity: Severity): T {
  return changed(cluster, { severity_rank: severityId(severity), severity_fixed: true })
}

function snoozeEnd(until: string, now: number): string {
  const end = millisecondsOf(until)
  if (end <= now || end > now + longestSnooze) {
    throw new Problem('request.invalid', 'a snooze ends within the next 30 days')
  }
  return isoOf(end)
}

function changed<T extends Triaged>(cluster: T, change: Partial<Triaged>): T {
  const keys = Object.keys(change) as (keyof Triaged)[]
  return keys.every((key) => cluster[key] === change[key]) ? cluster : { ...cluster, ...change }
}

/** Only the part of a row that triage may change. */
export function triagedPart(row: Triaged): Triaged {
  const { state, assignee_id, severity_rank, severity_fixed, close_reason, close_note } = row
  const { closed_at, snoozed_until, incident_id } = row
  return {
    state,
    assignee_id,
    severity_rank,
    severity_fixed,
    close_reason,
    close_note,
    closed_at,
    snoozed_until,
    incident_id,
  }
}
