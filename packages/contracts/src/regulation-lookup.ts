import { durationMilliseconds } from './duration.ts'
import type { IncidentGrade } from './incident.ts'
import { instantOf, millisecondsOf } from './instant.ts'
import type { DatedEntry, Deadline, DeadlineTrigger } from './regulation.ts'
import { isValidOn, type Regulation, regulationSections } from './regulation.ts'
import { CalendarUnknown, type Reckoned, WorkingTime } from './working-time.ts'

/** A version of a profile: what it says from a day on. */
export interface DatedRegulation {
  readonly version: number
  /** The first day on which it is what the profile says. */
  readonly effective_from: string
  readonly regulation: Regulation
}

/** The profiles in force at one instant, each with only the entries that are valid then. */
export interface RulesAt {
  readonly profiles: readonly { readonly version: number; readonly regulation: Regulation }[]
  /** Of the same profiles with all their entries, since working time looks ahead. */
  readonly working: WorkingTime
}

/** A fact that starts deadlines. */
export interface DeadlineFact {
  readonly trigger: DeadlineTrigger
  /** RFC 3339 instant of the fact. */
  readonly from: string
  readonly grade?: IncidentGrade | undefined
}

/** When something is due, and by which rule. */
export interface Due {
  readonly id: string
  readonly profile: string
  readonly version: number
  readonly name: Deadline['name']
  readonly clause: string
  /** RFC 3339 instant; null where a year on the way has no calendar. */
  readonly due_at: string | null
  readonly missing_year: number | null
  /** Entries that are not certain: the rule itself, or days off on the way. */
  readonly provisional: string[]
}

/**
 * The rules at an instant (RFC 3339). Of each profile the version counts whose day of effect is the latest not after
 * the day of the instant in the profile’s zone, the higher number where two have the same day; and of it the entries
 * whose own dates hold that day.
 */
export function rulesAt(versions: readonly DatedRegulation[], instant: string): RulesAt {
  const chosen = new Map<string, DatedRegulation>()
  for (const one of versions) {
    const { profile, zone } = one.regulation
    if (one.effective_from > dayIn(zone, instant)) continue
    const other = chosen.get(profile)
    if (!other || isLater(one, other)) chosen.set(profile, one)
  }
  const inForce = [...chosen.values()].filter(({ regulation }) =>
    isValidOn(regulation, dayIn(regulation.zone, instant)),
  )
  return {
    profiles: inForce.map(({ version, regulation }) => ({
      version,
      regulation: validEntries(regulation, dayIn(regulation.zone, instant)),
    })),
    working: new WorkingTime(inForce.map(({ regulation }) => regulation)),
  }
}

/** Every deadline a fact starts, soonest first; those that cannot be reckoned last. */
export function dueAfter(versions: readonly DatedRegulation[], fact: DeadlineFact): Due[] {
  const rules = rulesAt(versions, fact.from)
  const starts = ({ trigger, grade }: Deadline) =>
    trigger === fact.trigger && (grade === null || grade === fact.grade)
  return rules.profiles
    .flatMap(({ version, regulation }) =>
      regulation.deadlines.filter(starts).map((rule) => ({
        id: rule.id,
        profile: regulation.profile,
        version,
        name: rule.name,
        clause: rule.clause,
        ...reckon(rule, fact.from, rules.working),
      })),
    )
    .sort((a, b) => orderOf(a) - orderOf(b))
}

function isLater(one: DatedRegulation, other: DatedRegulation): boolean {
  if (one.effective_from !== other.effective_from) return one.effective_from > other.effective_from
  return one.version > other.version
}

function validEntries(regulation: Regulation, day: string): Regulation {
  const out = { ...regulation }
  for (const section of regulationSections) {
    const valid = (regulation[section] as DatedEntry[]).filter((entry) => isValidOn(entry, day))
    Object.assign(out, { [section]: valid })
  }
  return out
}

function reckon(rule: Deadline, from: string, working: WorkingTime) {
  const own = rule.provisional === null ? [] : [rule.id]
  try {
    const { at, provisional } = counted(rule, millisecondsOf(from), working)
    const due_at = instantOf(at + durationMilliseconds(rule.grace))
    return { due_at, missing_year: null, provisional: [...own, ...provisional] }
  } catch (error) {
    if (!(error instanceof CalendarUnknown)) throw error
    return { due_at: null, missing_year: error.year, provisional: own }
  }
}

const day = 86_400_000

function counted({ counted, within }: Deadline, from: number, working: WorkingTime): Reckoned {
  const length = durationMilliseconds(within)
  if (counted === 'calendar') return { at: from + length, provisional: [] }
  return within.includes('T') ? working.addTime(from, length) : working.addDays(from, length / day)
}

function orderOf({ due_at }: Due): number {
  return due_at === null ? Number.POSITIVE_INFINITY : millisecondsOf(due_at)
}

/** The date (`2026-11-22`) of an instant in a zone. */
function dayIn(zone: string, instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
}
