import type { CorrelationFinding } from './correlation-finding.ts'
import type { BaseRule, Correlation, CorrelationPlan, Feed } from './correlation-plan.ts'
import { CorrelationState } from './correlation-state.ts'
import { nothing } from './entry-pool.ts'
import { type Firing, subjectsOf } from './firing.ts'
import { keyOf } from './group-key.ts'
import { numberIn, valueKindOf } from './measurement.ts'
import type { Observation } from './observation.ts'
import { readSnapshot, snapshotPieces } from './snapshot.ts'
import { Tide } from './tide.ts'

/** Bounds of what a correlator remembers and reports. */
export interface CorrelatorOptions {
  /** How far behind the others an event may come, at least, in milliseconds. */
  readonly lateness: number
  readonly mostBytes: number
  readonly mostGroups: number
  /**
   * How long a group stays silent after a finding, in event time: not at all, for the time span of
   * its rule, or milliseconds. What other correlations build on is never held back.
   */
  readonly silence: 'none' | 'timespan' | number
}

export const ordinaryOptions: CorrelatorOptions = {
  lateness: 60_000,
  mostBytes: 268_435_456,
  mostGroups: 2_000_000,
  silence: 'none',
}

/** What a correlator holds and has let go. */
export interface CorrelatorCounts {
  readonly groups: number
  /** About the memory its groups and events take. */
  readonly bytes: number
  /** Groups that went before their time, for want of room. */
  readonly evicted: number
  /** Events that came too late to be placed. */
  readonly late: number
  /** Events without a usable time. */
  readonly undated: number
  /** Events that went because their group had too many. */
  readonly truncated: number
  /** Findings not reported because their group had just had one. */
  readonly silenced: number
}

interface Running {
  readonly correlation: Correlation
  readonly kind: 'none' | 'text' | 'number'
  readonly silence: number
  state: CorrelationState
}

const mostSubjects = 64
const none: readonly CorrelationFinding[] = []

/**
 * Carries out the correlations of a rule set over observations, one thread for all. Goes by event
 * time alone, so that a repeat of the same observations gives the same findings.
 */
export class Correlator {
  readonly #options: CorrelatorOptions
  readonly #running: Running[]
  readonly #bases: (BaseRule | undefined)[] = []
  readonly #tide: Tide
  #bytes = 0
  #groups = 0
  #evicted = 0
  #late = 0
  #undated = 0
  #silenced = 0

  constructor({ correlations, bases }: CorrelationPlan, options: Partial<CorrelatorOptions> = {}) {
    this.#options = { ...ordinaryOptions, ...options }
    const { silence, lateness } = this.#options
    this.#tide = new Tide(lateness)
    this.#running = correlations.map((correlation) => ({
      correlation,
      kind: valueKindOf(correlation),
      silence: silence === 'timespan' ? correlation.timespan : silence === 'none' ? 0 : silence,
      state: new CorrelationState(correlation),
    }))
    for (const base of bases) this.#bases[base.rule] = base
  }

  /** Takes in one observation; the findings it completes, inner correlations first. */
  observe(observation: Observation): readonly CorrelationFinding[] {
    const base = this.#bases[observation.rule]
    if (base === undefined) return none
    const { time } = observation
    if (!Number.isFinite(time)) {
      this.#undated += 1
      return none
    }
    if (!this.#tide.rises(time)) {
      this.#late += 1
      return none
    }
    const findings: CorrelationFinding[] = []
    this.#feed(base, base.feeds, observation, time, findings)
    this.#makeRoom()
    return findings
  }

  get counts(): CorrelatorCounts {
    return {
      groups: this.#groups,
      bytes: this.#bytes,
      evicted: this.#evicted,
      late: this.#late,
      undated: this.#undated,
      truncated: this.#running.reduce((sum, { state }) => sum + state.truncated, 0),
      silenced: this.#silenced,
    }
  }

  /**
   * Everything remembered, in a compact form that `restore` reads when the pieces are joined. They are made one
   * at a time, so that others get their turn between them; nothing may be observed before the last.
   */
  snapshot(): Generator<Uint8Array<ArrayBuffer>> {
    const kept = this.#running.map(({ correlation, state }) => ({
      identity: correlation.identity,
      state,
    }))
    return snapshotPieces(kept, this.#tide.marks)
  }

  /**
   * Puts back what a snapshot holds of correlations that mean the same as those here; call it before
   * the first observation. Throws SnapshotProblem if these are not the bytes of a snapshot; the
   * correlator is then as it was.
   */
  restore(snapshot: Uint8Array): void {
    const states = new Map<string, CorrelationState>()
    const byIdentity = new Map(
      this.#running.map(({ correlation }) => [correlation.identity, correlation]),
    )
    const marks = readSnapshot(snapshot, (identity) => {
      const correlation = byIdentity.get(identity)
      if (correlation === undefined) return undefined
      const state = new CorrelationState(correlation)
      states.set(identity, state)
      return state
    })
    this.#tide.set(marks)
    this.#adopt(states)
  }

  /** Takes over what another remembers of correlations that mean the same; it must not be used afterwards. */
  carryOver(from: Correlator): void {
    this.#tide.set(from.#tide.marks)
    this.#adopt(
      new Map(from.#running.map(({ correlation, state }) => [correlation.identity, state])),
    )
  }

  #adopt(states: ReadonlyMap<string, CorrelationState>): void {
    for (const running of this.#running) {
      running.state = states.get(running.correlation.identity) ?? running.state
    }
    this.#bytes = this.#running.reduce((sum, { state }) => sum + state.bytes, 0)
    this.#groups = this.#running.reduce((sum, { state }) => sum + state.groups.size, 0)
    this.#makeRoom()
  }

  #feed(
    base: BaseRule,
    feeds: readonly Feed[],
    observation: Observation,
    time: number,
    findings: CorrelationFinding[],
  ): void {
    for (const feed of feeds) {
      const running = this.#running[feed.correlation]
      const firing =
        running === undefined ? undefined : this.#occur(running, feed, observation, time)
      if (running === undefined || firing === undefined) continue
      const end = running.state.pool.times[firing.last] as number
      this.#report(running, feed, observation, firing, findings)
      const chained = base.chained[feed.correlation]
      if (chained !== undefined) this.#feed(base, chained, observation, end, findings)
    }
  }

  #occur(running: Running, feed: Feed, observation: Observation, time: number): Firing | undefined {
    const { fields, subject } = observation
    const key = keyOf(fields, feed.group)
    if (key === undefined) return undefined
    const { state, kind, correlation, silence } = running
    let number: number | undefined = feed.member
    let text: string | undefined = ''
    if (kind === 'text') text = keyOf(fields, feed.values)
    else if (kind === 'number') number = numberIn(fields[feed.values[0] ?? 0] ?? '')
    if (text === undefined || number === undefined) return undefined
    const horizon = this.#tide.floor - Math.max(correlation.timespan, silence)
    this.#bytes -= state.bytes
    this.#groups -= state.groups.size
    state.expire(horizon)
    const firing = state.observe({ key, time, number, text, subject }, horizon)
    this.#bytes += state.bytes
    this.#groups += state.groups.size
    return firing
  }

  #report(
    { correlation, state, silence }: Running,
    feed: Feed,
    { fields, subject }: Observation,
    firing: Firing,
    findings: CorrelationFinding[],
  ): void {
    if (!correlation.reports) return
    const { times } = state.pool
    const { firedAt } = state.groups
    const time = times[firing.last] as number
    if (silence > 0) {
      if (Math.abs(time - (firedAt[firing.group] as number)) <= silence) {
        this.#silenced += 1
        return
      }
      firedAt[firing.group] = time
    }
    findings.push({
      correlation,
      subject,
      time,
      since: times[firing.first] as number,
      group: feed.group.map((position) => fields[position] ?? ''),
      value: firing.value,
      count: firing.count,
      subjects: subjectsOf(state.pool, firing, mostSubjects),
    })
  }

  /** Lets go of the groups with the oldest news until what is left is within bounds. */
  #makeRoom(): void {
    const { mostBytes, mostGroups } = this.#options
    while (this.#bytes > mostBytes || this.#groups > mostGroups) {
      const stalest = this.#stalest()
      if (stalest === undefined) return
      const { state, correlation } = stalest
      const group = state.groups.stalest
      if (state.lastTime(group) >= this.#tide.floor - correlation.timespan) this.#evicted += 1
      this.#bytes -= state.bytes
      state.drop(group)
      this.#bytes += state.bytes
      this.#groups -= 1
    }
  }

  /** The correlation with the group whose news is oldest. */
  #stalest(): Running | undefined {
    let stalest: Running | undefined
    let oldest = Number.POSITIVE_INFINITY
    for (const running of this.#running) {
      const { state } = running
      const group = state.groups.stalest
      if (group === nothing || state.lastTime(group) >= oldest) continue
      oldest = state.lastTime(group)
      stalest = running
    }
    return stalest
  }
}
