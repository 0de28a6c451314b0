import { DeadlineRecipient, type DeadlineStep, DeadlineSubject } from '@haidang/contracts/deadline'
import { durationMilliseconds, isDuration } from '@haidang/contracts/duration'
import { IncidentGrade } from '@haidang/contracts/incident'
import { instantOf, millisecondsOf } from '@haidang/contracts/instant'
import { DeadlineTrigger } from '@haidang/contracts/regulation'
import { CalendarUnknown, type WorkingTime } from '@haidang/contracts/working-time'
import { z } from 'zod'
import { inForceOn } from '../../in-force.ts'

const Words = z.strictObject({ vi: z.string().min(1).max(300), en: z.string().min(1).max(300) })
const Code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
const Duration = z.string().refine(isDuration, 'an ISO 8601 duration, as PT4H')
const counted = z.enum(['calendar', 'working']).default('calendar')

const When = z.union([
  z.strictObject({ part: z.number().gt(0).lt(1), counted }),
  z.strictObject({ before: Duration, counted }),
  z.strictObject({ after: Duration, counted }),
])

const Step = z.strictObject({
  id: Code.refine(
    (id) => id !== 'passed' && id !== 'unreckoned',
    'the name of a step there always is',
  ),
  name: Words,
  at: When,
  tell: z.array(DeadlineRecipient).min(1),
  until_acknowledged: z
    .boolean()
    .default(false)
    .describe('not taken once somebody said that they know of the deadline'),
})

const Chain = z
  .strictObject({
    id: Code,
    name: Words,
    basis: z.string().min(1).max(300).describe('the clause, or whose own way it is'),
    triggers: z.array(DeadlineTrigger).describe('empty: any, and terms people set'),
    subjects: z.array(DeadlineSubject).default([]).describe('empty: any'),
    grades: z.array(IncidentGrade).default([]).describe('empty: any'),
    steps: z.array(Step).min(1).max(20),
  })
  .refine(({ steps }) => new Set(steps.map(({ id }) => id)).size === steps.length, {
    path: ['steps'],
    error: 'a step stands twice',
  })
type Chain = z.infer<typeof Chain>

/** Chains of reminders and escalation: dated data, the first that fits a deadline counts. */
export const EscalationRules = z.strictObject({
  profile: z.string().min(1).max(40),
  version: z.int().min(1),
  valid_from: z.iso.date(),
  valid_to: z.iso.date().nullable().default(null).describe('last day'),
  chains: z.array(Chain).min(1).max(50),
})
export type EscalationRules = z.infer<typeof EscalationRules>

/** A step of one deadline with its instant. */
export type PlannedStep = Pick<DeadlineStep, 'step' | 'name' | 'kind' | 'at' | 'tell'> & {
  readonly until_acknowledged: boolean
}

/** What of a deadline decides who is told, and when. */
interface Term {
  readonly subject_kind: DeadlineSubject
  readonly trigger: DeadlineTrigger | null
  readonly grade: IncidentGrade | null
  readonly from_at: string
  readonly due_at: string | null
}

interface Plan {
  readonly steps: PlannedStep[]
  /** The year without calendar in which a step would lie; null: all could be reckoned. */
  readonly missing_year: number | null
}

/**
 * The steps of a deadline: those of its chain by the rules of `day` that lie after its beginning, and its end. Where it
 * cannot be reckoned, the one that tells an administrator, at `now`.
 */
export function planOf(
  all: readonly EscalationRules[],
  term: Term,
  { day, now, working }: { day: string; now: string; working: WorkingTime },
): Plan {
  if (term.due_at === null) return { steps: [toldOfGap(now)], missing_year: null }
  const steps: PlannedStep[] = [{ ...always('passed', 'pass', passedWords), at: term.due_at }]
  try {
    for (const { at: when, id, ...step } of chainOf(all, term, day)?.steps ?? []) {
      const at = instantOf(momentOf(when, millisecondsOf(term.from_at), term.due_at, working))
      const kind = 'after' in when ? 'escalate' : 'remind'
      if (kind === 'escalate' || at > term.from_at) steps.push({ step: id, kind, at, ...step })
    }
    return { steps, missing_year: null }
  } catch (error) {
    if (!(error instanceof CalendarUnknown)) throw error
    return { steps: [...steps, toldOfGap(now)], missing_year: error.year }
  }
}

function chainOf(
  all: readonly EscalationRules[],
  { subject_kind, trigger, grade }: Term,
  day: string,
): Chain | undefined {
  return inForceOn(all, day)
    .flatMap(({ chains }) => chains)
    .find(
      ({ subjects, triggers, grades }) =>
        (subjects.length === 0 || subjects.includes(subject_kind)) &&
        (triggers.length === 0 || (trigger !== null && triggers.includes(trigger))) &&
        (grades.length === 0 || (grade !== null && grades.includes(grade))),
    )
}

function momentOf(
  when: z.infer<typeof When>,
  from: number,
  due_at: string,
  working: WorkingTime,
): number {
  const due = millisecondsOf(due_at)
  const isWorking = when.counted === 'working'
  if ('part' in when) {
    if (!isWorking) return from + Math.round((due - from) * when.part)
    return working.addTime(from, Math.round(working.between(from, due) * when.part)).at
  }
  if ('before' in when) {
    const length = durationMilliseconds(when.before)
    return isWorking ? working.subtractTime(due, length) : due - length
  }
  const length = durationMilliseconds(when.after)
  return isWorking ? working.addTime(due, length).at : due + length
}

const passedWords = { vi: 'Quá hạn', en: 'The deadline passed' }
const gapWords = { vi: 'Thiếu lịch ngày nghỉ để tính hạn', en: 'No calendar to reckon it by' }

function always(step: string, kind: PlannedStep['kind'], name: PlannedStep['name']) {
  const tell: PlannedStep['tell'] = []
  return { step, kind, name, tell, until_acknowledged: false }
}

function toldOfGap(now: string): PlannedStep {
  return { ...always('unreckoned', 'unreckoned', gapWords), at: now, tell: ['administrator'] }
}
