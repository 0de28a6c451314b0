import type { DeadlineState, DeadlineSubject } from '@haidang/contracts/deadline'
import type { IncidentGrade } from '@haidang/contracts/incident'
import type { DeadlineTrigger } from '@haidang/contracts/regulation'
import type { DeadlineFact, Due } from '@haidang/contracts/regulation-lookup'
import type { DeadlineRow } from './deadline-tables.ts'

/** What has deadlines, as the module it belongs to tells of it. */
export interface Subject {
  readonly subject_kind: DeadlineSubject
  readonly subject_id: string
  /** Its number, for people. */
  readonly subject_label: string
  /** The organisation held to its deadlines. */
  readonly organisation_id: string
  /** Who set them and sees them too; null: nobody else. */
  readonly watcher_id: string | null
  readonly tlp_rank: number
  readonly assignee_id: string | null
  readonly simulated: boolean
  readonly grade: IncidentGrade | null
}

/** A fact that starts deadlines. */
export interface Fact {
  readonly trigger: DeadlineTrigger
  readonly at: string
}

/** A term somebody set, beside those of the regulations. */
export interface OwnTerm {
  readonly id: string
  readonly name: { readonly vi: string; readonly en: string }
  readonly from_at: string
  readonly due_at: string
}

/** What a deadline is reckoned to. */
export type Reckoned = Pick<
  DeadlineRow,
  'key' | 'trigger' | 'from_at' | 'name' | 'rule' | 'due_at' | 'missing_year'
>

/** A rule applied to a fact. */
export function reckonedBy({ trigger, from }: DeadlineFact, due: Due): Reckoned {
  const { id, profile, version, clause, provisional, name, due_at, missing_year } = due
  return {
    key: `${profile} ${id}`,
    trigger,
    from_at: from,
    name,
    rule: { profile, version, id, clause, provisional },
    due_at,
    missing_year,
  }
}

/** A term somebody set. */
export function reckonedAs({ id, name, from_at, due_at }: OwnTerm): Reckoned {
  return {
    key: `term ${id}`,
    trigger: null,
    from_at,
    name,
    rule: null,
    due_at,
    missing_year: null,
  }
}

/** The facts a thing has deadlines of, with those that are told now. */
export function factsOf(held: readonly DeadlineRow[], told: readonly Fact[]): Fact[] {
  const known = new Map<DeadlineTrigger, string>()
  for (const { trigger, from_at } of held) if (trigger !== null) known.set(trigger, from_at)
  for (const { trigger, at } of told) known.set(trigger, at)
  return [...known].map(([trigger, at]) => ({ trigger, at }))
}

/** Whether it is now due at another moment, or counted from another. */
export function isMoved(row: DeadlineRow, to: Reckoned): boolean {
  return row.due_at !== to.due_at || row.from_at !== to.from_at
}

/** The state of a deadline that is now due at `due_at`; one that is over becomes `passed` by its own step. */
export function stateAfter(
  { state, met_at }: Pick<DeadlineRow, 'state' | 'met_at'>,
  due_at: string | null,
  now: string,
): DeadlineState {
  if (met_at !== null) return metState(met_at, due_at)
  return state === 'passed' && due_at !== null && due_at <= now ? 'passed' : 'running'
}

/** In time or late; what cannot be reckoned is not late. */
export function metState(met_at: string, due_at: string | null): 'met' | 'late_met' {
  return due_at !== null && met_at > due_at ? 'late_met' : 'met'
}

/** Whether something is still to be done. */
export function isOpen({ state }: Pick<DeadlineRow, 'state'>): boolean {
  return state === 'running' || state === 'passed'
}

/** Ids of what a deadline concerns. */
export function relatedTo({ subject_id, watcher_id }: DeadlineRow): string[] {
  return [subject_id, watcher_id].filter((id) => id !== null)
}

/** A deadline nobody has done anything about yet. */
export function fresh(id: string) {
  return {
    id,
    state: 'running' as const,
    met_at: null,
    note: '',
    acknowledged_at: null,
    acknowledged_by: null,
    round: 1,
  }
}

/** The columns a thing gives to its deadlines. */
export function subjectColumns(subject: Subject): Subject {
  const { subject_kind, subject_id, subject_label, organisation_id, watcher_id } = subject
  const { tlp_rank, assignee_id, simulated, grade } = subject
  return {
    subject_kind,
    subject_id,
    subject_label,
    organisation_id,
    watcher_id,
    tlp_rank,
    assignee_id,
    simulated,
    grade,
  }
}

/** A deadline as the journal keeps it. */
export function shown({ name, rule, from_at, due_at, missing_year, state, grade }: DeadlineRow) {
  return { name, rule, from_at, due_at, missing_year, state, grade }
}
