import type { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Analytic, Conclude } from './analytic.ts'
import { hashOf } from './hash.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'
import type { Observation } from './observation.ts'
import type { Prevalence } from './prevalence.ts'
import { registeredDomain } from './registered-domain.ts'

const mostNames = 512
/** Types of question whose answers carry much. */
const carriers = new Set(['TXT', 'NULL', 'CNAME', 'MX', 'KEY', 'PRIVATE'])

/** Different names asked for below one registered domain by one host. */
interface Below {
  readonly keys: number[]
  readonly times: number[]
  /** Information in each, in bits. */
  readonly bits: number[]
  questions: number
  carrying: number
}

/** Finds hosts that carry data in the names they ask for: many different names, full of information, below one domain. */
export class DnsTunnels implements Analytic {
  readonly #parameters: BehaviourParameters['tunnel']
  readonly #prevalence: Prevalence
  readonly #below: KeyedState<Below>

  constructor(
    parameters: BehaviourParameters['tunnel'],
    limits: StateLimits,
    prevalence: Prevalence,
  ) {
    this.#parameters = parameters
    this.#prevalence = prevalence
    this.#below = new KeyedState<Below>(
      limits,
      () => ({ keys: [], times: [], bits: [], questions: 0, carrying: 0 }),
      ({ keys }) => 96 + keys.length * 24,
    )
  }

  get evicted(): number {
    return this.#below.evicted
  }

  observe(seen: Observation, conclude: Conclude): void {
    const { kind, from, name, at, detail } = seen
    if (kind !== 'dns' || name === undefined || from === undefined) return
    const domain = registeredDomain(name)
    if (domain === undefined || name.length <= domain.length + 1) return
    const below = name.slice(0, -domain.length - 1)
    this.#below.change(`${from} ${domain}`, at, (state) => {
      state.questions += 1
      if (carriers.has(detail ?? '')) state.carrying += 1
      if (add(state, hashOf(below), at, below)) this.#judge(state, seen, domain, conclude)
    })
  }

  snapshot(): unknown {
    return this.#below.snapshot()
  }

  restore(state: unknown): void {
    this.#below.restore(state)
  }

  #judge(state: Below, { from = '', at }: Observation, domain: string, conclude: Conclude): void {
    const { window_seconds, names, bits, bits_per_name } = this.#parameters
    if (state.keys.length < names) return
    const [count, sum] = sumSince(state, at - window_seconds * 1000)
    if (count < names || sum < bits || sum / count < bits_per_name) return
    const share = state.carrying / state.questions
    const { hosts, ofHosts } = this.#prevalence.of(domain, at)
    conclude({
      rule: 'dns-tunnel',
      severity: share >= 0.5 ? 'high' : 'medium',
      about: { source: from, destination: domain },
      keys: [`${from} ${domain}`],
      magnitude: sum,
      reasons: [
        { measure: 'source', value: from },
        { measure: 'domain', value: domain },
        { measure: 'names', value: count, bound: `≥ ${names}` },
        { measure: 'bits', value: Math.round(sum), bound: `≥ ${bits}` },
        { measure: 'bits_per_name', value: Math.round(sum / count), bound: `≥ ${bits_per_name}` },
        { measure: 'carrier_share', value: Number(share.toFixed(2)) },
        { measure: 'hosts_contacting_it', value: `${hosts} of ${ofHosts}` },
      ],
    })
  }
}

function add({ keys, times, bits }: Below, key: number, at: number, below: string): boolean {
  const known = keys.indexOf(key)
  if (known >= 0) {
    times[known] = Math.max(times[known] ?? at, at)
    return false
  }
  if (keys.length >= mostNames) {
    keys.shift()
    times.shift()
    bits.shift()
  }
  keys.push(key)
  times.push(at)
  bits.push(Math.round(informationIn(below)))
  return true
}

function sumSince({ times, bits }: Below, since: number): [count: number, bits: number] {
  let [count, sum] = [0, 0]
  for (const [i, time] of times.entries()) {
    if (time <= since) continue
    count += 1
    sum += bits[i] ?? 0
  }
  return [count, sum]
}

/** Bits in a text if its own letters are drawn as often as they stand in it (Shannon), dots left out. */
export function informationIn(text: string): number {
  const counts = new Map<number, number>()
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 46) continue
    counts.set(code, (counts.get(code) ?? 0) + 1)
    length += 1
  }
  let bits = 0
  for (const count of counts.values()) bits -= count * Math.log2(count / length)
  return bits
}
