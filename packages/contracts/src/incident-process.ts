import { z } from 'zod'
import { IncidentGrade, IncidentKind, IncidentState } from './incident.ts'
import { Severity } from './severity.ts'

/** Phases of ISO/IEC 27035-1:2023 in which something has happened. */
export const IncidentPhase = z.enum(['detect_report', 'assess_decide', 'respond', 'learn_lessons'])
export type IncidentPhase = z.infer<typeof IncidentPhase>

const Step = z.strictObject({
  to: IncidentState,
  note: z.boolean().default(false).describe('who takes the step says why'),
})

/** One line of what a closing report is wanted of; an empty list: whatever it is. */
const Condition = z.strictObject({
  kinds: z.array(IncidentKind).default([]),
  grades: z.array(IncidentGrade).default([]),
  severities: z.array(Severity).default([]),
})

/** The way of incidents: the states, where one may go from each, and what closing asks for. Dated data. */
export const IncidentProcess = z
  .strictObject({
    profile: z.string().min(1).max(40),
    version: z.int().min(1),
    valid_from: z.iso.date().describe('in force from this day until another begins'),
    clause: z.string().min(1).max(300),
    states: z
      .array(
        z.strictObject({
          state: IncidentState,
          phase: IncidentPhase,
          next: z.array(Step).min(1).max(20).describe('the usual next step first'),
        }),
      )
      .min(1)
      .max(IncidentState.options.length),
    closing_report: z.strictObject({
      clause: z.string().min(1).max(300),
      wanted_of: z.array(Condition).max(20).describe('of an incident that meets one of them'),
    }),
  })
  .check(({ value, issues }) => {
    const wrong = (message: string) =>
      issues.push({ code: 'custom', input: value.states, path: ['states'], message })
    const known = value.states.map(({ state }) => state)
    const missing = IncidentState.options.find((state) => !known.includes(state))
    if (missing) wrong(`${missing} is not described`)
    if (new Set(known).size < known.length) wrong('a state is described twice')
    for (const { state, next } of value.states) {
      if (next.some(({ to }) => to === state)) wrong(`${state} leads to itself`)
      if (new Set(next.map(({ to }) => to)).size < next.length) wrong(`${state}: a step twice`)
    }
    const reached = new Set<IncidentState>(['open'])
    for (const at of reached) {
      const steps = value.states.find(({ state }) => state === at)?.next ?? []
      for (const { to } of steps) reached.add(to)
    }
    const lost = known.find((state) => !reached.has(state))
    if (lost) wrong(`no way leads from open to ${lost}`)
  })
export type IncidentProcess = z.infer<typeof IncidentProcess>

/** What closing reports are wanted by. */
interface Judged {
  readonly kind: IncidentKind
  readonly grade: IncidentGrade
  readonly severity: Severity
}

/** Whether an incident is summed up before it is closed. */
export function wantsClosingReport(process: IncidentProcess, incident: Judged): boolean {
  return process.closing_report.wanted_of.some(
    ({ kinds, grades, severities }) =>
      allows(kinds, incident.kind) &&
      allows(grades, incident.grade) &&
      allows(severities, incident.severity),
  )
}

/** The steps from a state, the usual one first. */
export function stepsFrom(
  process: IncidentProcess,
  from: IncidentState,
): IncidentProcess['states'][number]['next'] {
  return process.states.find(({ state }) => state === from)?.next ?? []
}

function allows<T>(wanted: readonly T[], value: T): boolean {
  return wanted.length === 0 || wanted.includes(value)
}
