import { z } from 'zod'
import { idOf } from './id.ts'
import { IncidentGrade } from './incident.ts'
import { Instant } from './instant.ts'
import { EntryType } from './journal.ts'
import { DeadlineTrigger } from './regulation.ts'
import { Tlp } from './tlp.ts'

/** Kinds of things that have deadlines. */
export const DeadlineSubject = z.enum(['incident', 'incident-report', 'order', 'handover'])
export type DeadlineSubject = z.infer<typeof DeadlineSubject>

/**
 * running: time is left, or it cannot be reckoned; passed: it is over and nothing came; met in time or late; stopped: it
 * no longer applies.
 */
export const DeadlineState = z.enum(['running', 'passed', 'met', 'late_met', 'stopped'])
export type DeadlineState = z.infer<typeof DeadlineState>

/** Whom a reminder or an escalation tells. */
export const DeadlineRecipient = z.enum([
  'assignee',
  'duty_officer',
  'focal_point',
  'manager',
  'superior',
  'national_coordinator',
  'administrator',
])
export type DeadlineRecipient = z.infer<typeof DeadlineRecipient>

const Words = z.object({ vi: z.string(), en: z.string() })

/** The entry of a regulation a deadline comes from. */
export const DeadlineRule = z.object({
  profile: z.string(),
  version: z.int(),
  id: z.string(),
  clause: z.string(),
  provisional: z.array(z.string()).describe('entries on the way that are not certain'),
})
export type DeadlineRule = z.infer<typeof DeadlineRule>

/** One deadline under way for one organisation. */
export const RunningDeadline = z.object({
  id: idOf('deadline'),
  subject_kind: DeadlineSubject,
  subject_id: z.string(),
  subject_label: z.string().describe('its number, for people'),
  organisation_id: idOf('organisation').describe('the organisation held to it'),
  organisation_name: z.string(),
  assignee_id: z.string().nullable(),
  assignee_name: z.string().nullable(),
  tlp: Tlp,
  simulated: z.boolean(),
  name: Words,
  rule: DeadlineRule.nullable().describe('null: a term somebody set'),
  trigger: DeadlineTrigger.nullable().describe('null: a term somebody set'),
  from_at: Instant.describe('when what started it was'),
  grade: IncidentGrade.nullable(),
  due_at: Instant.nullable().describe('null: it cannot be reckoned'),
  missing_year: z.int().nullable().describe('the year no profile has a calendar of'),
  working_minutes_left: z.int().nullable().describe('working time until it is due; null: unknown'),
  state: DeadlineState,
  met_at: Instant.nullable(),
  note: z.string().describe('how it was met, or why it stopped'),
  acknowledged_at: Instant.nullable(),
  acknowledged_by: z.string().nullable(),
})
export type RunningDeadline = z.infer<typeof RunningDeadline>

/** One step of the chain of reminders and escalation of a deadline. */
export const DeadlineStep = z.object({
  step: z.string(),
  name: Words,
  kind: z.enum(['remind', 'pass', 'escalate', 'unreckoned']),
  at: Instant.describe('when it is or was to be taken'),
  tell: z.array(DeadlineRecipient),
  state: z
    .enum(['planned', 'taken', 'folded', 'dropped'])
    .describe('folded: told with a later one'),
  taken_at: Instant.nullable(),
  late: z.boolean().describe('taken later than planned: the node was not running'),
})
export type DeadlineStep = z.infer<typeof DeadlineStep>

/** What happened to a deadline, made from the journal. */
export const DeadlineEntry = z.object({
  id: z.string(),
  time: Instant,
  kind: EntryType,
  actor_name: z.string(),
  reason: z.string(),
  before_due_at: Instant.nullable(),
  after_due_at: Instant.nullable(),
})
export type DeadlineEntry = z.infer<typeof DeadlineEntry>

export const DeadlineDetail = z.object({
  deadline: RunningDeadline,
  steps: z.array(DeadlineStep),
})
export type DeadlineDetail = z.infer<typeof DeadlineDetail>
