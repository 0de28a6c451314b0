import { type HourOfWeek, hoursOfWeek } from './hour-of-week.ts'
import type { HourSeen } from './seen-hours.ts'

/** Hours a source is remembered, six weeks: a change of habit outweighs what was before after half of them. */
export const hoursRemembered = 6 * hoursOfWeek

/** What is usual in an hour of the week, the hours beside it allowed for: work begins now earlier, now later. */
export interface UsualHour {
  /** Records, about: their median, of a few their mean. */
  readonly records: number
  /** The least and the most of the medians of this hour and of those beside it. */
  readonly low: number
  readonly high: number
  /** Longest time without a record, seconds: the most of the three medians. */
  readonly longest: number
}

/** What a source usually does. */
export interface Rhythm {
  /** Hours of the week, then those of public holidays; undefined: not seen often enough. */
  readonly hours: readonly (UsualHour | undefined)[]
  /** How far beyond what is usual the source goes without anything being wrong: factors. */
  readonly stretch: { readonly longest: number; readonly low: number; readonly high: number }
  /** Usual records that must be missing before their absence says something: 2 of a clockwork, 12 of chance. */
  readonly leastMissed: number
  /** Hours it was learned from. */
  readonly learnedFrom: number
}

/** Of a source nothing is known of. */
export const unlearned: Rhythm = {
  hours: [],
  stretch: { longest: 1, low: 1, high: 1 },
  leastMissed: 1,
  learnedFrom: 0,
}

interface Median {
  readonly records: number
  readonly longest: number
}

/** Samples from which an hour of the week is known by itself. */
const enough = 3
/** Beyond this factor an hour was an outage or a flood, not the spread of the source. */
const mostStretch = 20
/** How far behind the 99th percentile of the spread its end is taken to lie, in steps from the 90th to the 99th. */
const beyond = 0.75
/** Below this a median of counts is too coarse. */
const few = 10
/** Hour of the week at which Sunday begins. */
const sunday = 6 * 24
/** Fewer records an hour tell nothing of "less than usual". */
export const leastToCompare = 30

/**
 * Learns from hours that were watched. Medians over the same hour of the weeks stand against single bad days;
 * until an hour of the week has been seen three times, the same hour of other working days, or of other days of
 * weekends, speaks for it. How much a source strays from its own medians says how much it may. Public holidays teach
 * nothing; on them as much is expected as on that day of the week or on Sunday, whichever is less.
 */
export function learn(all: readonly HourSeen[], hourOfWeek: HourOfWeek): Rhythm {
  const seen = all.filter((one) => hourOfWeek(one.hour) < hoursOfWeek)
  const ordinary = usualHours(seen, hourOfWeek)
  const hours = [...ordinary, ...ordinary.map((one, n) => less(one, ordinary[sunday + (n % 24)]))]
  const known = seen.flatMap((one) => {
    const usual = hours[hourOfWeek(one.hour)]
    return usual ? [{ ...one, usual }] : []
  })
  const longest = known.map((one) => Math.log((one.longest + 1) / (one.usual.longest + 1)))
  const high = known.map(({ records, usual }) => Math.log((records + 1) / (usual.high + 1)))
  const low = known
    .filter(({ usual }) => usual.low >= leastToCompare)
    .map(({ records, usual }) => Math.log((usual.low + 1) / (records + 1)))
  return {
    hours,
    stretch: { longest: farthest(longest, 2), high: farthest(high, 4), low: farthest(low, 4) },
    leastMissed: Math.min(12, Math.max(2, 12 * scatter(known))),
    learnedFrom: seen.length,
  }
}

/** A factor that the source is not expected to go beyond, at least `least`; `spread` in logarithms. */
function farthest(spread: readonly number[], least: number): number {
  const usual = spread.filter((one) => one <= Math.log(mostStretch)).sort((a, b) => a - b)
  const nearly = at(usual, 0.9)
  const almost = at(usual, 0.99)
  const end = Math.exp(almost + beyond * (almost - nearly))
  return Math.min(mostStretch, Math.max(least, end))
}

/** How far counts scatter about what is usual: 0 of a clockwork, 1 of chance (variance over mean, by medians). */
function scatter(known: readonly (HourSeen & { readonly usual: UsualHour })[]): number {
  const squares = known
    .filter(({ usual }) => usual.records > 0)
    .map(({ records, usual }) => (records - usual.records) ** 2 / usual.records)
  return (
    at(
      squares.sort((a, b) => a - b),
      0.5,
    ) / 0.455
  )
}

function usualHours(seen: readonly HourSeen[], hourOfWeek: HourOfWeek): (UsualHour | undefined)[] {
  const byHour = Map.groupBy(seen, (one) => hourOfWeek(one.hour))
  const byKind = Map.groupBy(seen, (one) => kindOf(hourOfWeek(one.hour)))
  const medians = Array.from({ length: hoursOfWeek }, (_, n) => {
    const own = byHour.get(n) ?? []
    return own.length >= enough ? medianOf(own) : shared(byKind.get(kindOf(n)) ?? [])
  })
  return medians.map((middle, n) => {
    if (!middle) return undefined
    const before = medians[(n + hoursOfWeek - 1) % hoursOfWeek] ?? middle
    const after = medians[(n + 1) % hoursOfWeek] ?? middle
    const three = [before, middle, after]
    const records = three.map((one) => one.records)
    return {
      records: middle.records,
      low: Math.min(...records),
      high: Math.max(...records),
      longest: Math.max(...three.map((one) => one.longest)),
    }
  })
}

function less(one: UsualHour | undefined, other: UsualHour | undefined): UsualHour | undefined {
  if (!one || !other) return undefined
  return {
    records: Math.min(one.records, other.records),
    low: Math.min(one.low, other.low),
    high: Math.max(one.high, other.high),
    longest: Math.max(one.longest, other.longest),
  }
}

/** The same hour of working days, or of the days of weekends. */
function kindOf(hourOfWeek: number): string {
  return `${hourOfWeek % 24} ${hourOfWeek < 5 * 24}`
}

/** Of a few hours the one that expects least; one alone says nothing. */
function shared(seen: readonly HourSeen[]): Median | undefined {
  if (seen.length >= enough) return medianOf(seen)
  if (seen.length < 2) return undefined
  return {
    records: Math.min(...seen.map(({ records }) => records)),
    longest: Math.max(...seen.map(({ longest }) => longest)),
  }
}

function medianOf(seen: readonly HourSeen[]): Median {
  const middle = (values: readonly number[]) =>
    at(
      [...values].sort((a, b) => a - b),
      0.5,
    )
  const counts = seen.map(({ records }) => records)
  const count = middle(counts)
  return {
    records: count >= few ? count : meanOf(counts.map((one) => Math.min(one, 4 * count + few))),
    longest: middle(seen.map(({ longest }) => longest)),
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value below which a share of the sorted values lies; 0 of none. */
function at(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * (sorted.length - 1))] ?? 0
}
