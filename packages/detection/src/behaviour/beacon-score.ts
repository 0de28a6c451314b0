import { median, medianDeviation, quartiles } from './robust.ts'

/*
 * The published recipe of RITA 5 for scoring beacons, from its description: four scores between 0 and 1,
 * of timing, sizes, spread over the day and duration. They rank and explain; what raises a finding is the
 * evidence of `period-fit.ts`, which also holds for few connections and for lost ones.
 */

const smallestSpread = 10

/** Score of times in seconds, in order: how even the intervals are. Undefined with fewer than three of them that are not zero. */
export function timingScore(times: readonly number[]): number | undefined {
  const intervals = times.slice(1).map((time, i) => time - (times[i] ?? time))
  const real = intervals.filter((interval) => interval > 0)
  return times.length < 4 || real.length < 3 ? undefined : evenness(real, 1)
}

/** Score of sizes in bytes: how alike they are. Undefined with fewer than three. */
export function sizeScore(sizes: readonly number[]): number | undefined {
  return sizes.length < 3 ? undefined : evenness(sizes, 0)
}

/** Bowley's skewness of the values: 0 even, ±1 one-sided; 0 where the quartiles say too little. */
export function bowleySkew(values: readonly number[]): number {
  const [first, middle, third] = quartiles(values)
  const spread = third - first
  if (spread < smallestSpread || middle === first || middle === third) return 0
  return (first + third - 2 * middle) / spread
}

function evenness(values: readonly number[], withoutMedian: number): number {
  const middle = median(values)
  const tightness = middle < 1 ? withoutMedian : (middle - medianDeviation(values)) / middle
  return (1 - Math.abs(bowleySkew(values)) + Math.max(tightness, 0)) / 2
}

export interface Coverage {
  /** Begin and end of all that was recorded, and of this pair, in seconds. */
  readonly recorded: readonly [number, number]
  readonly met: readonly [number, number]
  /** Hours with connections, and the longest run of such hours. */
  readonly hours: number
  readonly longestRun: number
}

/** Score of duration: the share of the recorded time covered, or twelve hours without a break. Undefined for bounds that make no sense. */
export function durationScore(
  { recorded, met, hours, longestRun }: Coverage,
  leastHours = 6,
  idealRun = 12,
): number | undefined {
  const whole = recorded[1] - recorded[0]
  if (leastHours < 1 || idealRun < 1 || whole <= 0 || met[1] < met[0]) return undefined
  if (hours < leastHours) return 0
  return Math.min(Math.max((met[1] - met[0]) / whole, longestRun / idealRun), 1)
}

/** Score of counts per hour: how flat they are (one minus the coefficient of variation). Undefined for none, or a sum that is not positive. */
export function flatness(counts: readonly number[]): number | undefined {
  const sum = counts.reduce((total, count) => total + count, 0)
  if (counts.length === 0 || sum <= 0) return undefined
  const mean = sum / counts.length
  const variance = counts.reduce((total, count) => total + (count - mean) ** 2, 0) / counts.length
  return Math.max(1 - Math.sqrt(variance) / mean, 0)
}

const hoursForTwoLevels = 11

/** Score of a day's counts per hour: flat, or on two levels as of a beacon that sleeps differently by day. */
export function spreadScore(counts: readonly number[]): number {
  const seen = counts.filter((count) => count > 0)
  const flat = flatness(counts) ?? 0
  return seen.length < hoursForTwoLevels ? flat : Math.max(flat, twoLevels(seen))
}

/** Share of hours whose count is near one of the two commonest levels. */
function twoLevels(counts: readonly number[]): number {
  const width = Math.max(Math.max(...counts) * 0.05, 1)
  const bins = new Map<number, number>()
  for (const count of counts) {
    const bin = Math.floor(count / width)
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
  }
  const [first = 0, second = 0] = [...bins.values()].toSorted((a, b) => b - a)
  return (first + second) / counts.length
}

/** Weighted mean of scores. Undefined unless all lie between 0 and 1 and the weights sum to 1. */
export function weightedScore(
  scores: readonly number[],
  weights: readonly number[],
): number | undefined {
  const isShare = (value: number) => value >= 0 && value <= 1
  if (!scores.every(isShare) || !weights.every(isShare)) return undefined
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (Math.abs(sum - 1) > 1e-9) return undefined
  return scores.reduce((total, score, i) => total + score * (weights[i] ?? 0), 0)
}
