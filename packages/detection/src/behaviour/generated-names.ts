import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Analytic, Conclude, Reason } from './analytic.ts'
import { hashOf } from './hash.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'
import { strangenessOf } from './letter-model.ts'
import type { Observation } from './observation.ts'
import { countSince, noRecent, note, type Recent, weightOf } from './recent.ts'
import { registeredDomain } from './registered-domain.ts'

const mostNames = 256

interface Missing {
  /** Registered domains that do not exist, and those of them that look generated. */
  readonly all: Recent
  readonly generated: Recent
  /** A few of them, newest last. */
  readonly examples: string[]
}

/** Finds hosts that look for a rendezvous: many registered domains that do not exist, most with names no one would choose. */
export class GeneratedNames implements Analytic {
  readonly #parameters: BehaviourParameters['generated']
  readonly #missing: KeyedState<Missing>

  constructor(parameters: BehaviourParameters['generated'], limits: StateLimits) {
    this.#parameters = parameters
    this.#missing = new KeyedState<Missing>(
      limits,
      () => ({ all: noRecent(), generated: noRecent(), examples: [] }),
      ({ all, generated, examples }) => weightOf(all) + weightOf(generated) + examples.length * 80,
    )
  }

  get evicted(): number {
    return this.#missing.evicted
  }

  observe(seen: Observation, conclude: Conclude): void {
    const { kind, from, name, at, missing } = seen
    if (kind !== 'dns' || missing !== true || from === undefined || name === undefined) return
    const domain = registeredDomain(name)
    if (domain === undefined) return
    this.#missing.change(from, at, (state) => {
      if (!note(state.all, hashOf(domain), at, mostNames)) return
      const strangeness = strangenessOf(domain.slice(0, domain.indexOf('.')))
      if (strangeness !== undefined && strangeness >= this.#parameters.strangeness) {
        note(state.generated, hashOf(domain), at, mostNames)
        state.examples.push(domain)
        if (state.examples.length > 5) state.examples.shift()
      }
      this.#judge(state, from, at, conclude)
    })
  }

  snapshot(): unknown {
    return this.#missing.snapshot()
  }

  restore(state: unknown): void {
    this.#missing.restore(state)
  }

  #judge(
    { all, generated, examples }: Missing,
    from: string,
    at: number,
    conclude: Conclude,
  ): void {
    const { names, share, burst, window_seconds } = this.#parameters
    if (all.keys.length < names) return
    const known = countSince(all, at, window_seconds * 1000)
    const strange = countSince(generated, at, window_seconds * 1000)
    const reasons: Reason[] = [
      { measure: 'source', value: from },
      { measure: 'domains_missing', value: known, bound: `≥ ${burst}` },
      { measure: 'domains_generated', value: strange, bound: `≥ ${names}` },
      { measure: 'window_seconds', value: window_seconds },
      ...examples.map((value) => ({ measure: 'example', value })),
    ]
    const about = { source: from }
    if (strange >= names && strange >= share * known) {
      const severity = 'high'
      conclude({
        rule: 'generated-domains',
        severity,
        about,
        keys: [from],
        magnitude: strange,
        reasons,
      })
    } else if (known >= burst) {
      const severity = 'low'
      conclude({
        rule: 'missing-domains',
        severity,
        about,
        keys: [from],
        magnitude: known,
        reasons,
      })
    }
  }
}
