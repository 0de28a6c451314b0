import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Analytic, Conclude } from './analytic.ts'
import type { BehaviourRule } from './behaviour-rules.ts'
import { hashOf } from './hash.ts'
import type { Home } from './home.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'
import type { Observation } from './observation.ts'
import { registeredDomain } from './registered-domain.ts'

const day = 86_400_000

/** Since when values of one kind are learned, and how many were new on the newest day. */
interface Learning {
  since: number
  day: number
  found: number
}

/** Finds values nobody in the organisation used before: destinations, user agents, TLS fingerprints, programs. */
export class Novelties implements Analytic {
  readonly #parameters: BehaviourParameters['learning']
  readonly #home: Home
  readonly #known: KeyedState<0>
  readonly #learning: KeyedState<Learning>

  constructor(parameters: BehaviourParameters['learning'], limits: StateLimits, home: Home) {
    this.#parameters = parameters
    this.#home = home
    const keys = limits.keys * 5
    const idle = Math.max(limits.idle, 90 * day)
    this.#known = new KeyedState<0>(
      { ...limits, keys, idle },
      () => 0,
      () => 0,
    )
    this.#learning = new KeyedState<Learning>(
      { ...limits, idle: Number.MAX_SAFE_INTEGER },
      () => ({ since: 0, day: 0, found: 0 }),
      () => 24,
    )
  }

  get evicted(): number {
    return this.#known.evicted
  }

  observe(seen: Observation, conclude: Conclude): void {
    for (const [rule, value] of this.#valuesOf(seen)) this.#meet(rule, value, seen, conclude)
  }

  snapshot(): unknown {
    return { known: this.#known.snapshot(), learning: this.#learning.snapshot() }
  }

  restore(state: unknown): void {
    const { known, learning } = state as { known: unknown; learning: unknown }
    this.#known.restore(known)
    this.#learning.restore(learning)
  }

  #valuesOf({ kind, to, name, agent, ja3, program }: Observation): [BehaviourRule, string][] {
    const values: [BehaviourRule, string][] = []
    const isOut = this.#home.isOutside(to)
    const domain = (kind === 'web' || kind === 'tls') && isOut && name && registeredDomain(name)
    if (domain) values.push(['new-destination', domain])
    // Versions change every week; what is left names the program.
    if (agent !== undefined && isOut) values.push(['new-user-agent', agent.replace(/\d+/g, '0')])
    if (ja3 !== undefined && isOut) values.push(['new-tls-fingerprint', ja3])
    if (program !== undefined) values.push(['new-program', programOf(program)])
    return values
  }

  #meet(rule: BehaviourRule, value: string, seen: Observation, conclude: Conclude): void {
    const { at, from, host, to } = seen
    const key = `${rule} ${value.length > 40 ? hashOf(value).toString(36) + value.length : value}`
    const isNew = this.#known.peek(key) === undefined
    this.#known.change(key, at, () => undefined)
    const found = this.#learning.change(rule, at, (state) => {
      if (state.since === 0) state.since = at
      if (!isNew || at - state.since < this.#parameters.seconds * 1000) return 0
      const today = Math.floor(at / day)
      state.found = state.day === today ? state.found + 1 : 1
      state.day = today
      return state.found
    })
    if (found === 0 || found > this.#parameters.daily) return
    conclude({
      rule,
      severity: rule === 'new-destination' ? 'informational' : 'low',
      about: { source: from ?? host, destination: rule === 'new-destination' ? value : to, value },
      keys: [value],
      magnitude: 1,
      reasons: [
        { measure: 'source', value: from ?? host ?? '?' },
        { measure: 'value', value },
        { measure: 'new_today', value: found, bound: `≤ ${this.#parameters.daily}` },
        { measure: 'learned_seconds', value: this.#parameters.seconds },
      ],
    })
  }
}

/** The path without what differs from user to user and version to version. */
function programOf(path: string): string {
  return path
    .toLowerCase()
    .replace(/([\\/](?:users|home)[\\/])[^\\/]+/, '$1*')
    .replace(/\d+/g, '0')
}
