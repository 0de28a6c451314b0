import {
  beyondCalendar,
  type SettingAnswer,
  SettingName,
  settingValues,
} from '@haidang/contracts/directed-configuration'
import { Regulation } from '@haidang/contracts/regulation'
import type { z } from 'zod'

/** A regulation profile as it is to be put into force. */
export interface WantedProfile {
  readonly effective_from: string
  readonly regulation: Regulation
}

/** What of a parent's settings comes into force here, and what is said of each. */
export interface JudgedSettings {
  readonly answers: readonly SettingAnswer[]
  readonly profiles: readonly WantedProfile[]
  readonly heartbeat: number | undefined
  readonly silence: number | undefined
}

type Value<N extends SettingName> = z.infer<(typeof settingValues)[N]>

/** Judges settings as they stood on the wire, each by itself: one that cannot be used does not hinder another. */
export function judgeSettings(
  settings: Readonly<Record<string, unknown>>,
  isAllowed: (name: SettingName) => boolean,
): JudgedSettings {
  const answers: SettingAnswer[] = []
  const taken: Partial<{ [N in SettingName]: Value<N> }> = {}
  const profiles = new Map<string, WantedProfile>()
  for (const [name, value] of Object.entries(settings)) {
    const problem = problemOf(name, value, isAllowed, profiles)
    if (problem === null) Object.assign(taken, { [name]: value })
    answers.push({ name, ...(problem ?? { state: 'applied', problem: null }) })
  }
  return {
    answers,
    profiles: [...profiles.values()],
    heartbeat: taken.heartbeat?.seconds,
    silence: taken.silence?.seconds,
  }
}

type Refusal = Pick<SettingAnswer, 'state' | 'problem'>

function problemOf(
  name: string,
  value: unknown,
  isAllowed: (name: SettingName) => boolean,
  profiles: Map<string, WantedProfile>,
): Refusal | null {
  const known = SettingName.safeParse(name)
  if (!known.success) return invalid('this version knows no such setting')
  if (!isAllowed(known.data)) {
    return { state: 'refused', problem: 'the owner does not let the parent set it' }
  }
  const read = settingValues[known.data].safeParse(value)
  if (!read.success) return invalid(issueOf(read.error))
  return Array.isArray(read.data) ? problemOfProfiles(known.data, read.data, profiles) : null
}

/** Adds the profiles of one setting, all or none. */
function problemOfProfiles(
  name: SettingName,
  given: Value<'calendar'>,
  profiles: Map<string, WantedProfile>,
): Refusal | null {
  const wanted = new Map<string, WantedProfile>()
  for (const { effective_from, regulation } of given) {
    const one = Regulation.safeParse(regulation)
    if (!one.success) return invalid(issueOf(one.error))
    const { profile } = one.data
    if (profiles.has(profile) || wanted.has(profile)) return invalid(`${profile} is set twice`)
    const foreign = name === 'calendar' ? beyondCalendar(one.data) : []
    if (foreign.length > 0) return invalid(`${profile}: ${foreign.join(', ')} are no calendar`)
    wanted.set(profile, { effective_from, regulation: one.data })
  }
  for (const [profile, one] of wanted) profiles.set(profile, one)
  return null
}

function invalid(problem: string): Refusal {
  return { state: 'invalid', problem: problem.slice(0, 1000) }
}

function issueOf({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.')}: ${issue?.message}`
}
