import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Event } from '@haidang/contracts/event'
import { type Finding, quoted } from '../subject.ts'
import { allowListOf } from './allow-list.ts'
import type { Analytic, Conclusion, Reason } from './analytic.ts'
import { Beacons } from './beacon.ts'
import { ruleFacts } from './behaviour-rules.ts'
import { DnsTunnels } from './dns-tunnel.ts'
import { GeneratedNames } from './generated-names.ts'
import { Home } from './home.ts'
import type { StateLimits } from './keyed-state.ts'
import { LateralMovement } from './lateral.ts'
import { Novelties } from './novelty.ts'
import { type Observation, observationOf } from './observation.ts'
import { Passwords } from './passwords.ts'
import { Prevalence } from './prevalence.ts'
import { registeredDomain } from './registered-domain.ts'
import { Scans } from './scan.ts'
import { Suppression } from './suppression.ts'
import { Volumes } from './volume.ts'

/** Raised when a snapshot of before cannot be read any more. */
const format = 1

interface Snapshot {
  readonly format: number
  readonly parts: Readonly<Record<string, unknown>>
}

type Part = Pick<Analytic, 'snapshot' | 'restore' | 'evicted'>

/**
 * Watches how hosts and accounts behave over a stream of events, in the order they are observed. Its state
 * follows from what was observed alone: no clock, no chance. Allow-lists act on what leaves only.
 */
export class BehaviourDetector {
  readonly #isAllowed: ReturnType<typeof allowListOf>
  readonly #home: Home
  readonly #prevalence: Prevalence
  readonly #suppression: Suppression
  readonly #analytics: readonly Analytic[]
  readonly #parts: Readonly<Record<string, Part>>

  constructor(parameters: BehaviourParameters) {
    const { state, home_networks } = parameters
    const limits: StateLimits = { ...state, idle: state.idle_seconds * 1000 }
    const home = new Home(home_networks)
    const prevalence = new Prevalence(limits)
    const analytics = {
      beacon: new Beacons(parameters.beacon, limits, home, prevalence),
      scan: new Scans(parameters.scan, limits, home),
      passwords: new Passwords(parameters.passwords, limits),
      tunnel: new DnsTunnels(parameters.tunnel, limits, prevalence),
      generated: new GeneratedNames(parameters.generated, limits),
      novelty: new Novelties(parameters.learning, limits, home),
      volume: new Volumes(parameters.volume, limits, home),
      lateral: new LateralMovement(parameters.lateral, limits, home),
    }
    this.#isAllowed = allowListOf(parameters.allow)
    this.#home = home
    this.#prevalence = prevalence
    this.#suppression = new Suppression(parameters.suppression, limits)
    this.#analytics = Object.values(analytics)
    this.#parts = { ...analytics, prevalence, suppression: this.#suppression }
  }

  /** Keys forgotten for want of room, all analytics together. */
  get evicted(): number {
    return Object.values(this.#parts).reduce((sum, { evicted }) => sum + evicted, 0)
  }

  /** What an event, added to all before it, tells; at most one finding of each rule. */
  observe(event: Event): Finding[] {
    const observation = observationOf(event)
    return observation === undefined ? [] : this.watch(observation)
  }

  /** As `observe`, of what `observationOf` made of an event. */
  watch(observation: Observation): Finding[] {
    this.#noteContact(observation)
    const findings = new Map<string, Finding>()
    const conclude = (conclusion: Conclusion) => {
      if (findings.has(conclusion.rule)) return
      const times = this.#suppression.admit(conclusion, observation.at)
      if (times === 0 || this.#isAllowed(conclusion)) return
      findings.set(conclusion.rule, findingOf(conclusion, times))
    }
    for (const analytic of this.#analytics) analytic.observe(observation, conclude)
    return [...findings.values()]
  }

  /** Everything remembered, as JSON text. */
  snapshot(): string {
    const parts = Object.entries(this.#parts).map(
      ([name, part]) => [name, part.snapshot()] as const,
    )
    const snapshot: Snapshot = { format, parts: Object.fromEntries(parts) }
    return JSON.stringify(snapshot)
  }

  /** Goes on where a snapshot was taken. False, and nothing changed, if it is of another format. */
  restore(text: string): boolean {
    const { format: written, parts } = JSON.parse(text) as Snapshot
    if (written !== format) return false
    for (const [name, part] of Object.entries(this.#parts)) part.restore(parts[name])
    return true
  }

  /** Who contacts what outside: by address, by name, and by the domain of a DNS question. */
  #noteContact({ kind, from, to, name, at }: Observation): void {
    if (from === undefined || !this.#home.has(from)) return
    if (kind === 'dns' && name !== undefined) {
      const domain = registeredDomain(name)
      if (domain !== undefined) this.#prevalence.note(from, domain, at)
    } else if (to !== undefined && this.#home.isOutside(to)) {
      this.#prevalence.note(from, name ?? to, at)
    }
  }
}

function findingOf({ rule, severity, reasons }: Conclusion, times: number): Finding {
  const update: Reason[] = times > 1 ? [{ measure: 'said_before', value: times - 1 }] : []
  return {
    detector: 'behaviour',
    rule: ruleFacts(rule),
    severity,
    matches: [...reasons, ...update].slice(0, 64).map(({ measure, value, bound }) => ({
      field: measure,
      value: quoted(String(value)),
      pattern: bound ?? '',
      selection: rule,
    })),
  }
}
