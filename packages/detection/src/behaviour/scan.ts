import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Severity } from '@haidang/contracts/severity'
import type { Analytic, Conclude } from './analytic.ts'
import { hashOf } from './hash.ts'
import type { Home } from './home.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'
import type { Observation } from './observation.ts'
import { countSince, noRecent, note, type Recent, weightOf } from './recent.ts'

const mostTargets = 256

/** Targets a source tried without an answer, and those that answered. */
interface Tries {
  readonly failed: Recent
  readonly answered: Recent
}

interface Shape {
  readonly key: string
  readonly target: number
  readonly least: number
  readonly rule: 'horizontal-scan' | 'vertical-scan'
  readonly measure: string
  readonly on: string
}

/** Finds sources that try one port of many hosts, or many ports of one host, without an answer. */
export class Scans implements Analytic {
  readonly #parameters: BehaviourParameters['scan']
  readonly #home: Home
  readonly #tries: KeyedState<Tries>

  constructor(parameters: BehaviourParameters['scan'], limits: StateLimits, home: Home) {
    this.#parameters = parameters
    this.#home = home
    this.#tries = new KeyedState<Tries>(
      limits,
      () => ({ failed: noRecent(), answered: noRecent() }),
      ({ failed, answered }) => weightOf(failed) + weightOf(answered),
    )
  }

  get evicted(): number {
    return this.#tries.evicted
  }

  observe(seen: Observation, conclude: Conclude): void {
    const { kind, from, to, port, ok } = seen
    if (kind !== 'flow' || from === undefined || to === undefined) return
    if (port === undefined || ok === undefined) return
    const { hosts, ports } = this.#parameters
    this.#try(seen, conclude, {
      key: `h ${from} ${port}`,
      target: hashOf(to),
      least: hosts,
      rule: 'horizontal-scan',
      measure: 'hosts_without_answer',
      on: `port ${port}`,
    })
    this.#try(seen, conclude, {
      key: `v ${from} ${to}`,
      target: port,
      least: ports,
      rule: 'vertical-scan',
      measure: 'ports_without_answer',
      on: to,
    })
  }

  snapshot(): unknown {
    return this.#tries.snapshot()
  }

  restore(state: unknown): void {
    this.#tries.restore(state)
  }

  #try(seen: Observation, conclude: Conclude, shape: Shape): void {
    // Answers alone are ordinary work: only who fails is remembered.
    if (seen.ok === true && this.#tries.peek(shape.key) === undefined) return
    this.#tries.change(shape.key, seen.at, (tries) => {
      const isNew = note(
        seen.ok ? tries.answered : tries.failed,
        shape.target,
        seen.at,
        mostTargets,
      )
      if (isNew && seen.ok === false) this.#judge(tries, seen, conclude, shape)
    })
  }

  #judge(tries: Tries, { at, from = '', to }: Observation, conclude: Conclude, shape: Shape): void {
    const { window_seconds, failed_share } = this.#parameters
    const { rule, least, measure, on } = shape
    if (tries.failed.keys.length < least) return
    const failed = countSince(tries.failed, at, window_seconds * 1000)
    const answered = countSince(tries.answered, at, window_seconds * 1000)
    const share = failed / (failed + answered)
    if (failed < least || share < failed_share) return
    conclude({
      rule,
      severity: this.#severityOf(from, to),
      about: { source: from, destination: rule === 'vertical-scan' ? to : undefined },
      keys: [shape.key],
      magnitude: failed,
      reasons: [
        { measure: 'source', value: from },
        { measure: 'target', value: on },
        { measure, value: failed, bound: `≥ ${least}` },
        {
          measure: 'share_without_answer',
          value: Number(share.toFixed(2)),
          bound: `≥ ${failed_share}`,
        },
        { measure: 'window_seconds', value: window_seconds },
      ],
    })
  }

  /** From inside to inside somebody is already in; from outside the Internet is doing what it does. */
  #severityOf(from: string, to: string | undefined): Severity {
    if (!this.#home.has(from)) return 'low'
    return this.#home.has(to) ? 'high' : 'medium'
  }
}
