import { IncidentGrade } from '@haidang/contracts/incident'
import { millisecondsOf } from '@haidang/contracts/instant'
import { isoOf } from '@haidang/runtime/clock'
import { z } from 'zod'

const DeadlineTrigger = z.enum(['order.delivered', 'incident.detected', 'incident.recovered'])
export type DeadlineTrigger = z.infer<typeof DeadlineTrigger>

const Duration = z.iso.duration()
const Name = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) })

/** One set of rules in force from a day on: deadlines as dated data with the clause they come from. */
export const Regulation = z.strictObject({
  profile: z.string().regex(/^[a-z]{2}-\d{4}$/, 'country and year, such as vn-2026'),
  name: Name,
  in_force_from: z.iso.date(),
  deadlines: z.array(
    z.strictObject({
      id: z.string().min(1),
      trigger: DeadlineTrigger,
      grade: IncidentGrade.optional().describe('only for incidents of this grade'),
      within: Duration,
      grace: Duration.default('PT0S').describe('added where the rule says “at once”'),
      name: Name,
      clause: z.string().min(1),
    }),
  ),
})
export type Regulation = z.infer<typeof Regulation>

/** When something is due, and by which rule. */
export interface Due {
  readonly id: string
  readonly due_at: string
  readonly clause: string
}

/**
 * Every deadline a fact starts, soonest first. `from`: RFC 3339 instant of the fact;
 * `grade`: of the incident concerned, where there is one.
 */
export function dueAfter(
  regulation: Regulation,
  trigger: DeadlineTrigger,
  from: string,
  grade?: IncidentGrade,
): Due[] {
  return regulation.deadlines
    .filter((rule) => rule.trigger === trigger && (!rule.grade || rule.grade === grade))
    .map(({ id, clause, within, grace }) => {
      const due = millisecondsOf(from) + millisecondsIn(within) + millisecondsIn(grace)
      return { id, clause, due_at: isoOf(due) }
    })
    .sort((a, b) => millisecondsOf(a.due_at) - millisecondsOf(b.due_at))
}

const units = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 }

/** Length of an ISO 8601 duration of weeks, days, hours, minutes and seconds; 0 for what is none. */
function millisecondsIn(duration: string): number {
  const parts = duration.matchAll(/(\d+)([WDHMS])/g)
  return [...parts].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  )
}
