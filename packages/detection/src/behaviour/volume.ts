import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Analytic, Conclude } from './analytic.ts'
import type { Home } from './home.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'
import type { Observation } from './observation.ts'
import { median, medianDeviation } from './robust.ts'

const hour = 3_600_000
const hoursKept = 168
const levelsPerDoubling = 8
const leastOfSameHour = 6

/** What a host sent outside, hour by hour. */
interface Rhythm {
  /** Newest hour, and bytes in it. */
  hour: number
  bytes: number
  /** Bytes at the last judgement of this hour. */
  judged: number
  /** Hours before, newest last, as levels: eight to a doubling of bytes. At most a week. */
  readonly levels: number[]
}

/** Finds hosts that send much more than they use to at this hour of the day. */
export class Volumes implements Analytic {
  readonly #parameters: BehaviourParameters['volume']
  readonly #home: Home
  readonly #hosts: KeyedState<Rhythm>

  constructor(parameters: BehaviourParameters['volume'], limits: StateLimits, home: Home) {
    this.#parameters = parameters
    this.#home = home
    this.#hosts = new KeyedState<Rhythm>(
      limits,
      () => ({ hour: 0, bytes: 0, judged: 0, levels: [] }),
      ({ levels }) => 64 + levels.length * 8,
    )
  }

  get evicted(): number {
    return this.#hosts.evicted
  }

  observe(seen: Observation, conclude: Conclude): void {
    const { kind, from, to, at, sent } = seen
    if (kind !== 'flow' || from === undefined || sent === undefined) return
    if (!this.#home.has(from) || !this.#home.isOutside(to)) return
    const now = Math.floor(at / hour)
    this.#hosts.change(from, at, (rhythm) => {
      advance(rhythm, now)
      // What comes an hour late counts for the hour it came in.
      rhythm.bytes += sent
      const isMuch = rhythm.bytes >= this.#parameters.floor_bytes
      if (isMuch && rhythm.bytes >= rhythm.judged * 1.25) this.#judge(rhythm, from, conclude)
    })
  }

  snapshot(): unknown {
    return this.#hosts.snapshot()
  }

  restore(state: unknown): void {
    this.#hosts.restore(state)
  }

  #judge(rhythm: Rhythm, from: string, conclude: Conclude): void {
    const { hours, deviations, growth } = this.#parameters
    rhythm.judged = rhythm.bytes
    if (rhythm.levels.length < hours) return
    const usual = usualLevels(rhythm.levels)
    const middle = median(usual)
    const spread = 1.4826 * medianDeviation(usual)
    const bound = middle + Math.max(deviations * spread, levelsPerDoubling * Math.log2(growth))
    if (levelOf(rhythm.bytes) < bound) return
    conclude({
      rule: 'unusual-volume',
      severity: 'medium',
      about: { source: from },
      keys: [from],
      magnitude: rhythm.bytes,
      reasons: [
        { measure: 'source', value: from },
        { measure: 'bytes_sent_this_hour', value: rhythm.bytes, bound: `≥ ${bytesOf(bound)}` },
        { measure: 'usual_bytes', value: bytesOf(middle) },
        { measure: 'hours_known', value: rhythm.levels.length, bound: `≥ ${hours}` },
      ],
    })
  }
}

function advance(rhythm: Rhythm, now: number): void {
  if (rhythm.hour === 0) rhythm.hour = now
  if (now <= rhythm.hour) return
  const passed = Math.min(now - rhythm.hour, hoursKept)
  rhythm.levels.push(levelOf(rhythm.bytes))
  for (let i = 1; i < passed; i++) rhythm.levels.push(0)
  if (rhythm.levels.length > hoursKept) {
    rhythm.levels.splice(0, rhythm.levels.length - hoursKept)
  }
  rhythm.hour = now
  rhythm.bytes = 0
  rhythm.judged = 0
}

/** The same hour of days before and the hours beside it; with few days known, all hours. */
function usualLevels(levels: readonly number[]): readonly number[] {
  const same = levels.filter((_, i) => {
    const distance = (levels.length - i) % 24
    return distance <= 1 || distance === 23
  })
  return same.length >= leastOfSameHour && levels.length >= 72 ? same : levels
}

function levelOf(bytes: number): number {
  return Math.round(levelsPerDoubling * Math.log2(bytes + 1))
}

function bytesOf(level: number): number {
  return Math.round(2 ** (level / levelsPerDoubling))
}
