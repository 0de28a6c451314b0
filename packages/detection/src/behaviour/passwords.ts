import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Severity } from '@haidang/contracts/severity'
import type { Analytic, Conclude, Reason } from './analytic.ts'
import type { BehaviourRule } from './behaviour-rules.ts'
import { hashOf } from './hash.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'
import type { Observation } from './observation.ts'
import { countSince, noRecent, note, type Recent, weightOf } from './recent.ts'

const mostKnown = 128

interface Failures {
  /** Newest failures of the pair, milliseconds since the epoch. */
  readonly times: number[]
}

/** Three ways of guessing: what failed, how often, and how it would be said. */
interface Guess {
  readonly rule: BehaviourRule
  readonly key: string
  readonly count: number
  readonly least: number
  readonly measure: string
  readonly window: number
}

type Logon = Observation & { readonly account: string }

/** Finds guessing of passwords: of one account, of many from one source, of one from many sources; and success after it. */
export class Passwords implements Analytic {
  readonly #parameters: BehaviourParameters['passwords']
  readonly #pairs: KeyedState<Failures>
  readonly #many: KeyedState<Recent>

  constructor(parameters: BehaviourParameters['passwords'], limits: StateLimits) {
    this.#parameters = parameters
    this.#pairs = new KeyedState<Failures>(
      limits,
      () => ({ times: [] }),
      ({ times }) => 32 + times.length * 8,
    )
    this.#many = new KeyedState<Recent>(limits, noRecent, weightOf)
  }

  get evicted(): number {
    return this.#pairs.evicted + this.#many.evicted
  }

  observe(seen: Observation, conclude: Conclude): void {
    const { kind, account, ok } = seen
    if (kind !== 'logon' || account === undefined || account.endsWith('$')) return
    const logon = { ...seen, account }
    if (ok === false) this.#note(logon)
    else this.#noteSuccess(logon)
    for (const guess of this.#guesses(logon)) {
      if (guess.count >= guess.least) conclude(conclusionOf(guess, logon))
    }
  }

  snapshot(): unknown {
    return { pairs: this.#pairs.snapshot(), many: this.#many.snapshot() }
  }

  restore(state: unknown): void {
    const { pairs, many } = state as { pairs: unknown; many: unknown }
    this.#pairs.restore(pairs)
    this.#many.restore(many)
  }

  #note({ account, from, host, at }: Logon): void {
    this.#pairs.change(`${sourceOf(from, host)} ${account}`, at, ({ times }) => {
      times.push(at)
      if (times.length > mostKnown) times.shift()
    })
    if (from === undefined) return
    this.#many.change(`s ${from}`, at, (accounts) => note(accounts, hashOf(account), at, mostKnown))
    this.#many.change(`a ${account}`, at, (sources) => note(sources, hashOf(from), at, mostKnown))
  }

  /** Who else works from a source that fails: gateways and terminal servers fail for many, and succeed for more. */
  #noteSuccess({ account, from, at }: Logon): void {
    if (from === undefined || this.#many.peek(`s ${from}`) === undefined) return
    this.#many.change(`o ${from}`, at, (accounts) => note(accounts, hashOf(account), at, mostKnown))
  }

  #guesses({ account, from, host, at }: Logon): Guess[] {
    const { failures, accounts, sources } = this.#parameters
    const near = this.#parameters.window_seconds * 1000
    const wide = this.#parameters.spray_window_seconds * 1000
    const source = sourceOf(from, host)
    const times = this.#pairs.peek(`${source} ${account}`)?.times ?? []
    const count = (key: string) => {
      const recent = this.#many.peek(key)
      return recent === undefined ? 0 : countSince(recent, at, wide)
    }
    return [
      {
        rule: 'password-guessing',
        key: `${source} ${account}`,
        count: times.filter((time) => time > at - near).length,
        least: failures,
        measure: 'failures',
        window: near,
      },
      {
        rule: 'password-spraying',
        key: source,
        count: count(`s ${from}`) >= count(`o ${from}`) ? count(`s ${from}`) : 0,
        least: accounts,
        measure: 'accounts_failed',
        window: wide,
      },
      {
        rule: 'distributed-guessing',
        key: account,
        count: count(`a ${account}`),
        least: sources,
        measure: 'sources_failed',
        window: wide,
      },
    ]
  }
}

function sourceOf(from: string | undefined, host: string | undefined): string {
  return from ?? `at ${host ?? '?'}`
}

function conclusionOf(guess: Guess, { account, from, host, ok }: Logon) {
  const { rule, key, count, least, measure, window } = guess
  const severity: Severity = ok === true ? 'high' : 'medium'
  const reasons: Reason[] = [
    ...given('source', from),
    ...given('host', host),
    { measure: 'account', value: account },
    { measure, value: count, bound: `≥ ${least}` },
    { measure: 'window_seconds', value: window / 1000 },
    ...(ok === true ? [{ measure: 'then', value: 'success' }] : []),
  ]
  return {
    rule,
    severity,
    about: { source: from, destination: host, account },
    keys: [key],
    magnitude: count,
    reasons,
  }
}

function given(measure: string, value: string | undefined): Reason[] {
  return value === undefined ? [] : [{ measure, value }]
}
