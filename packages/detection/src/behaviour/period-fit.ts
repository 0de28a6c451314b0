/** A period that explains intervals between connections. */
export interface PeriodFit {
  /** Seconds. */
  readonly period: number
  /** Standard deviation of one interval, as a share of the period. */
  readonly jitter: number
  /** Share of connections that seem to be missing. */
  readonly loss: number
  /** Natural logarithm of how much better the period explains the intervals than chance does. */
  readonly evidence: number
}

/** Jitters tried first, and factors tried around the best of them. */
const jitters = [0.01, 0.04, 0.09, 0.15, 0.21]
const nearby = [0.5, 0.7, 0.85, 1.2]
/** Most periods an interval may span where connections are missing. */
const mostMissed = 8
const outliers = 0.04
const candidates = 12
/** People and programs at work: bursts and pauses. A narrower spread than this is not chance. */
const leastSpread = 1

/**
 * Finds the period that explains intervals (seconds, above 0) best. Compared are two stories: sleeps of one
 * length with jitter, of which some connections were lost (an interval then spans several sleeps); and
 * chance, as exponential or log-normal intervals, whichever does better. What fitting three numbers is worth by
 * itself is taken off (Bayesian information criterion). Undefined with fewer than three intervals.
 */
export function fitPeriod(intervals: readonly number[]): PeriodFit | undefined {
  if (intervals.length < 3) return undefined
  const byChance = chancesOf(intervals)
  const cost = byChance.reduce((sum, chance) => sum + chance, 1.5 * Math.log(intervals.length))
  const chances = byChance.map(Math.exp)
  const tried = new Set<number>()
  let best: PeriodFit = { period: 0, jitter: 0, loss: 0, evidence: Number.NEGATIVE_INFINITY }
  const attempt = (period: number, loss: number, jitter: number) => {
    const evidence = likelihood(intervals, { period, jitter, loss }, chances) - cost
    if (evidence > best.evidence) best = { period, jitter, loss, evidence }
  }
  for (const start of startsOf(intervals)) {
    const { period, loss } = refine(intervals, start)
    const about = Math.round(Math.log(period) * 200)
    if (tried.has(about)) continue
    tried.add(about)
    for (const jitter of jitters) attempt(period, loss, jitter)
  }
  const { period, loss, jitter } = best
  for (const factor of nearby) attempt(period, loss, jitter * factor)
  return best
}

function startsOf(intervals: readonly number[]): Set<number> {
  const sorted = intervals.toSorted((a, b) => a - b)
  const starts = new Set<number>()
  for (let i = 0; i < candidates; i++) {
    const start = sorted[Math.floor(((i + 0.5) / candidates) * sorted.length)]
    if (start !== undefined) starts.add(start)
  }
  return starts
}

/** The mean sleep if `start` is about one sleep, and how many connections are missing then. */
function refine(intervals: readonly number[], start: number): { period: number; loss: number } {
  let period = start
  let missed = 0
  for (let turn = 0; turn < 2; turn++) {
    let [length, sleeps, count] = [0, 0, 0]
    for (const interval of intervals) {
      const span = spanOf(interval, period)
      if (span > mostMissed || Math.abs(interval - span * period) > 0.45 * period) continue
      length += interval
      sleeps += span
      count += 1
    }
    if (sleeps === 0) return { period, loss: 0.01 }
    period = length / sleeps
    missed = 1 - count / sleeps
  }
  return { period, loss: Math.min(Math.max(missed, 0.01), 0.8) }
}

function spanOf(interval: number, period: number): number {
  return Math.max(1, Math.round(interval / period))
}

function likelihood(
  intervals: readonly number[],
  { period, jitter, loss }: Omit<PeriodFit, 'evidence'>,
  chances: readonly number[],
): number {
  let sum = 0
  for (const [i, interval] of intervals.entries()) {
    const span = Math.min(spanOf(interval, period), mostMissed)
    const distance = interval - span * period
    const deviation = Math.max(jitter * Math.sqrt(span) * period, 0.3)
    const near = span === 1 ? even(distance, deviation) : normal(distance, deviation)
    const sleeping = (1 - loss) * loss ** (span - 1) * near
    sum += Math.log((1 - outliers) * sleeping + outliers * (chances[i] ?? 0))
  }
  return sum
}

/** Logarithm of the density of each interval by chance. */
function chancesOf(intervals: readonly number[]): number[] {
  const mean = meanOf(intervals)
  const logs = intervals.map(Math.log)
  const centre = meanOf(logs)
  const spread = Math.max(Math.sqrt(meanOf(logs.map((log) => (log - centre) ** 2))), leastSpread)
  const scale = Math.log(spread * Math.sqrt(2 * Math.PI))
  const exponential = intervals.map((interval) => -Math.log(mean) - interval / mean)
  const logNormal = logs.map((log) => -log - scale - ((log - centre) / spread) ** 2 / 2)
  return meanOf(exponential) > meanOf(logNormal) ? exponential : logNormal
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Density of a sleep drawn evenly around its length, as most implants do. */
function even(distance: number, deviation: number): number {
  const half = deviation * Math.sqrt(3)
  return Math.abs(distance) <= half ? 0.5 / half : 0
}

function normal(distance: number, deviation: number): number {
  return Math.exp(-((distance / deviation) ** 2) / 2) / (deviation * Math.sqrt(2 * Math.PI))
}
