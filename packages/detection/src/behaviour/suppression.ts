import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import { severityId } from '@haidang/contracts/severity'
import type { Conclusion } from './analytic.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'

/** What was said last of a behaviour. */
interface Said {
  at: number
  severity: number
  magnitude: number
  times: number
}

/** Lets one behaviour be said once in a window, and again when it grew much or became graver. */
export class Suppression {
  readonly #parameters: BehaviourParameters['suppression']
  readonly #said: KeyedState<Said>

  constructor(parameters: BehaviourParameters['suppression'], limits: StateLimits) {
    this.#parameters = parameters
    this.#said = new KeyedState<Said>(
      limits,
      () => ({ at: 0, severity: 0, magnitude: 0, times: 0 }),
      () => 48,
    )
  }

  get evicted(): number {
    return this.#said.evicted
  }

  /** How often it was said in this window, this time included; 0: not to be said again. */
  admit({ rule, keys, severity, magnitude }: Conclusion, at: number): number {
    const names = keys.map((key) => `${rule} ${key}`)
    const grave = severityId(severity)
    const known = names.flatMap((name) => this.#said.peek(name) ?? [])
    const open = known.filter((said) => at - said.at < this.#parameters.seconds * 1000)
    const isSaid = open.some(
      (said) => grave <= said.severity && magnitude < said.magnitude * this.#parameters.growth,
    )
    if (isSaid) return 0
    const times = Math.max(0, ...open.map((said) => said.times)) + 1
    const since = open.length > 0 ? Math.min(...open.map((said) => said.at)) : at
    const gravest = Math.max(grave, ...open.map((said) => said.severity))
    for (const name of names) {
      this.#said.change(name, at, (said) => {
        Object.assign(said, { at: since, severity: gravest, magnitude, times })
      })
    }
    return times
  }

  snapshot(): unknown {
    return this.#said.snapshot()
  }

  restore(state: unknown): void {
    this.#said.restore(state)
  }
}
