import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Severity } from '@haidang/contracts/severity'
import type { Analytic, Conclude, Reason } from './analytic.ts'
import {
  durationScore,
  sizeScore,
  spreadScore,
  timingScore,
  weightedScore,
} from './beacon-score.ts'
import type { Home } from './home.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'
import type { Observation } from './observation.ts'
import { fitPeriod, type PeriodFit } from './period-fit.ts'
import type { Commonness, Prevalence } from './prevalence.ts'
import { median } from './robust.ts'

const mostPoints = 64
const hour = 3_600_000
const hoursOfDay = 24

/** Connections of one host to one destination, oldest first; bursts count as one. */
interface Pair {
  readonly times: number[]
  readonly sizes: number[]
  /** Last contact of the newest burst. */
  end: number
  first: number
  /** Connections ever, and how many there must be to judge again. */
  met: number
  next: number
  /** Hours since the epoch with connections, and their counts, newest 24. */
  readonly hours: number[]
  readonly counts: number[]
}

/** Finds hosts that call the same place outside at even intervals. */
export class Beacons implements Analytic {
  readonly #parameters: BehaviourParameters['beacon']
  readonly #home: Home
  readonly #prevalence: Prevalence
  readonly #pairs: KeyedState<Pair>
  readonly #ignored: ReadonlySet<number>

  constructor(
    parameters: BehaviourParameters['beacon'],
    limits: StateLimits,
    home: Home,
    prevalence: Prevalence,
  ) {
    this.#parameters = parameters
    this.#home = home
    this.#prevalence = prevalence
    this.#ignored = new Set(parameters.ignored_ports)
    this.#pairs = new KeyedState<Pair>(
      limits,
      () => ({ times: [], sizes: [], end: 0, first: 0, met: 0, next: 0, hours: [], counts: [] }),
      ({ times, hours }) => 160 + times.length * 16 + hours.length * 16,
    )
  }

  get evicted(): number {
    return this.#pairs.evicted
  }

  observe(seen: Observation, conclude: Conclude): void {
    const destination = this.#destinationOf(seen)
    if (destination === undefined || seen.from === undefined) return
    const { from, at, sent = 0 } = seen
    this.#pairs.change(`${from} ${destination}`, at, (pair) => {
      if (!remember(pair, at, sent, this.#parameters.burst_seconds * 1000)) return
      if (pair.times.length < this.#parameters.connections) return
      if (pair.met < pair.next) return
      this.#judge(pair, seen, destination, conclude)
    })
  }

  snapshot(): unknown {
    return this.#pairs.snapshot()
  }

  restore(state: unknown): void {
    this.#pairs.restore(state)
  }

  #destinationOf({ kind, from, to, port, name }: Observation): string | undefined {
    if (kind !== 'flow' && kind !== 'web' && kind !== 'tls') return undefined
    if (!this.#home.has(from) || !this.#home.isOutside(to)) return undefined
    if (port !== undefined && this.#ignored.has(port)) return undefined
    return name ?? `${to} ${port ?? ''}`.trimEnd()
  }

  #judge(pair: Pair, seen: Observation, destination: string, conclude: Conclude): void {
    const common = this.#prevalence.of(seen.name ?? seen.to ?? '', seen.at)
    const fit = this.#isCommon(common) ? undefined : fitOf(pair)
    const alike = likeSizes(pair.sizes)
    const enough = fit === undefined ? 0 : this.#enough(fit, common)
    const isBeacon = fit !== undefined && this.#isBeacon(fit) && fit.evidence + alike >= enough
    pair.next = pair.met + patience(pair, fit, isBeacon)
    if (!isBeacon) return
    const { from: source = '', to } = seen
    conclude({
      rule: 'beacon',
      severity: this.#severityOf(fit, common),
      about: { source, destination: seen.name ?? to },
      keys: [`${source} ${destination}`, `${source} ${to}`],
      magnitude: pair.met,
      reasons: [
        { measure: 'source', value: source },
        { measure: 'destination', value: destination },
        { measure: 'connections', value: pair.met, bound: `≥ ${this.#parameters.connections}` },
        ...reasonsOf(fit),
        { measure: 'evidence_of_sizes', value: alike },
        {
          measure: 'evidence',
          value: rounded(fit.evidence + alike, 1),
          bound: `≥ ${rounded(enough, 1)}`,
        },
        ...scoresOf(pair),
        ...commonReasons(common),
      ],
    })
  }

  #isBeacon({ period, loss }: PeriodFit): boolean {
    const { shortest_seconds, longest_seconds, lost_share } = this.#parameters
    return period >= shortest_seconds && period <= longest_seconds && loss <= lost_share
  }

  /** Pages read one after the other come evenly by chance now and then, the likelier the more people read there. */
  #enough({ period }: PeriodFit, { hosts }: Commonness): number {
    const { evidence, reading_seconds, reading_evidence, reading_hosts } = this.#parameters
    if (period >= reading_seconds) return evidence
    return Math.max(evidence, reading_evidence + reading_hosts * Math.log(Math.max(hosts, 1)))
  }

  #isCommon({ share, ofHosts }: Commonness): boolean {
    const { common_share, common_hosts } = this.#parameters
    return ofHosts >= common_hosts && share >= common_share
  }

  #severityOf({ evidence }: PeriodFit, { share, ofHosts }: Commonness): Severity {
    const { rare_share, evidence: enough } = this.#parameters
    if (share <= rare_share && ofHosts * rare_share >= 1 && evidence >= 3 * enough) return 'high'
    return share > 0.2 && ofHosts >= this.#parameters.common_hosts ? 'low' : 'medium'
  }
}

function fitOf({ times }: Pair): PeriodFit | undefined {
  const intervals = times.slice(1).map((time, i) => (time - (times[i] ?? time)) / 1000)
  return fitPeriod(intervals.filter((interval) => interval > 0))
}

/** Connections until it is worth looking again: few where a period may be emerging. */
function patience({ times, met }: Pair, fit: PeriodFit | undefined, isBeacon: boolean): number {
  if (!isBeacon && fit !== undefined && fit.evidence > 0) return Math.ceil(times.length * 0.125)
  return Math.min(Math.ceil(met * 0.4), mostPoints)
}

/** Adds a connection; false if it belongs to a burst that is counted already. */
function remember(pair: Pair, at: number, sent: number, burst: number): boolean {
  const { times, sizes } = pair
  const isFirst = times.length === 0
  if (isFirst) pair.first = at
  if (!isFirst && Math.abs(at - pair.end) <= burst) {
    pair.end = Math.max(pair.end, at)
    sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + sent
    return false
  }
  const place = times.findLastIndex((time) => time <= at) + 1
  const isNear = (time: number | undefined) => time !== undefined && Math.abs(time - at) <= burst
  if (isNear(times[place - 1]) || isNear(times[place])) return false
  times.splice(place, 0, at)
  sizes.splice(place, 0, sent)
  if (place === times.length - 1) pair.end = at
  if (times.length > mostPoints) {
    times.shift()
    sizes.shift()
  }
  pair.first = Math.min(pair.first, at)
  pair.met += 1
  countHour(pair, Math.floor(at / hour))
  return true
}

function countHour({ hours, counts }: Pair, now: number): void {
  const known = hours.indexOf(now)
  if (known >= 0) {
    counts[known] = (counts[known] ?? 0) + 1
    return
  }
  hours.push(now)
  counts.push(1)
  if (hours.length <= hoursOfDay) return
  hours.shift()
  counts.shift()
}

/** What it adds that sizes are alike: little, as many harmless programs ask for the same thing again. */
function likeSizes(sizes: readonly number[]): number {
  const middle = median(sizes)
  if (!(middle > 0)) return 0
  const near = sizes.filter((size) => Math.abs(size - middle) <= middle * 0.1).length / sizes.length
  if (near >= 0.9) return 3
  return near >= 0.7 ? 1.5 : 0
}

function reasonsOf({ period, jitter, loss, evidence }: PeriodFit): Reason[] {
  return [
    { measure: 'period_seconds', value: rounded(period, 1) },
    { measure: 'jitter', value: rounded(jitter, 2) },
    { measure: 'lost', value: rounded(loss, 2) },
    { measure: 'evidence_of_timing', value: rounded(evidence, 1) },
  ]
}

/** The four scores of the published recipe and their mean. */
function scoresOf(pair: Pair): Reason[] {
  const times = pair.times.map((time) => Math.floor(time / 1000))
  const newest = Math.floor((pair.times.at(-1) ?? 0) / hour)
  const day = Array.from({ length: hoursOfDay }, (_, i) => newest - hoursOfDay + 1 + i)
  const perHour = day.map((each) => pair.counts[pair.hours.indexOf(each)] ?? 0)
  const from = (newest - hoursOfDay + 1) * 3600
  const to = from + hoursOfDay * 3600
  const first = Math.max(Math.floor(pair.first / 1000), from)
  const scores = {
    timing: timingScore(times) ?? 0,
    sizes: sizeScore(pair.sizes) ?? 0,
    spread: spreadScore(perHour),
    duration:
      durationScore({
        recorded: [from, to],
        met: [Math.min(first, times.at(-1) ?? first), times.at(-1) ?? first],
        hours: perHour.filter((count) => count > 0).length,
        longestRun: longestRun(perHour),
      }) ?? 0,
  }
  const score = weightedScore(Object.values(scores), [0.25, 0.25, 0.25, 0.25]) ?? 0
  return Object.entries({ ...scores, score }).map(([name, value]) => ({
    measure: name === 'score' ? 'score' : `score_${name}`,
    value: rounded(value, 3),
  }))
}

function longestRun(counts: readonly number[]): number {
  let [longest, run] = [0, 0]
  for (const count of counts) {
    run = count > 0 ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

function commonReasons({ hosts, ofHosts }: Commonness): Reason[] {
  return [{ measure: 'hosts_contacting_it', value: `${hosts} of ${ofHosts}` }]
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
