import type { Form } from '@haidang/contracts/form'
import type { FormContent, FormValue } from '@haidang/contracts/form-content'
import type {
  IncidentReportState,
  ReportStage,
  TriageAct,
} from '@haidang/contracts/incident-report'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf } from '@haidang/runtime/clock'
import type { Actor, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'

/** Where the forms stand by which a report was made. */
export interface StageForms {
  /** Those about a report that were submitted, whole, the oldest first. */
  submittedAbout(tx: Tx, subject: string): Promise<Form[]>
}

/** A stage of a report at the moment its form is submitted. */
export interface SubmittedStage {
  readonly id: string
  readonly organisation_id: string
  readonly subject: string
  /** 1: the first one about its subject. */
  readonly version: number
  readonly submitted_by_id: string
  readonly submitted_by: string
  readonly content: FormContent
  /** What fields say, by what they mean here. */
  readonly meant: Readonly<Record<string, FormValue>>
}

type Decided = Exclude<TriageAct, 'acknowledge' | 'ask' | 'reopen'>

/** Where each decision leaves a report. */
const outcomes: Readonly<Record<Decided, IncidentReportState>> = {
  attach: 'attached',
  open: 'attached',
  near_miss: 'near_miss',
  duplicate: 'duplicate',
  reject: 'rejected',
}

const undecided: readonly IncidentReportState[] = ['received', 'acknowledged']

/** In which states each act is possible. */
const from: Readonly<Record<TriageAct, readonly IncidentReportState[]>> = {
  acknowledge: ['received'],
  ask: ['received', 'acknowledged', 'attached', 'near_miss'],
  attach: [...undecided, 'near_miss'],
  open: [...undecided, 'near_miss'],
  near_miss: undecided,
  duplicate: undecided,
  reject: undecided,
  reopen: ['attached', 'near_miss', 'duplicate', 'rejected'],
}

/** Acts whose reason is written down. */
const reasoned: ReadonlySet<TriageAct> = new Set(['ask', 'reject', 'reopen'])

/**
 * The state an act leads to. To be received is to be acknowledged by whatever is decided.
 * Throws Problem incident-report.illegal-act.
 */
export function stateAfter(state: IncidentReportState, act: TriageAct): IncidentReportState {
  if (!from[act].includes(state)) {
    throw new Problem('incident-report.illegal-act', `${act} of one that is ${state}`)
  }
  if (act === 'acknowledge' || act === 'reopen') return 'acknowledged'
  if (act === 'ask') return state === 'received' ? 'acknowledged' : state
  return outcomes[act]
}

/** Throws Problem request.invalid (reason) where an act must say why. */
export function requireReason(act: TriageAct, reason: string): void {
  if (!reasoned.has(act) || reason.length >= 3) return
  throw new Problem('request.invalid', 'no reason', [
    { field: 'reason', cause: 'missing', remedy: 'say in a few words why, or what is asked' },
  ])
}

/** Throws Problem incident-report.illegal-act, incident-report.stage-past where a form cannot be submitted any more. */
export function requireStage(
  { state, stage }: { readonly state: IncidentReportState; readonly stage: ReportStage | null },
  next: ReportStage,
): void {
  if (state === 'duplicate' || state === 'rejected') {
    throw new Problem('incident-report.illegal-act', `it is ${state}`)
  }
  if (stage === 'final' && next !== 'final') throw new Problem('incident-report.stage-past')
}

/** When an incident was detected, by the day and hour of a form, in Vietnam; undefined: the form does not ask. */
export function detectedOf(meant: SubmittedStage['meant']): string | undefined {
  const day = meant['incident.detected-date']
  if (typeof day !== 'string') return undefined
  const time = meant['incident.detected-time']
  const at = millisecondsOf(`${day}T${typeof time === 'string' ? time : '00:00'}:00+07:00`)
  return Number.isNaN(at) ? undefined : isoOf(at)
}

/** Who takes a report in, and for which organisation it is numbered. */
export interface Taker {
  readonly actor: Actor
  readonly organisation_id: string
}

/** Who asks, as who takes in. */
export function takerOf({ scope, organisation_id }: Caller): Taker {
  return { actor: scope.actor, organisation_id }
}
