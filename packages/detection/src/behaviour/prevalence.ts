import { hashOf } from './hash.ts'
import { KeyedState, type StateLimits } from './keyed-state.ts'
import { countSince, noRecent, note, type Recent, weightOf } from './recent.ts'

const mostHosts = 256
const window = 7 * 86_400_000

interface Destination extends Recent {
  first: number
}

/** How common a destination is in the organisation. */
export interface Commonness {
  /** Own hosts that contacted it in the last seven days, counted up to 256. */
  readonly hosts: number
  /** Of so many own hosts known. */
  readonly ofHosts: number
  readonly share: number
  /** First contact, milliseconds since the epoch. */
  readonly first: number
}

/** Which own hosts contact which destinations. */
export class Prevalence {
  readonly #hosts: KeyedState<0>
  readonly #destinations: KeyedState<Destination>

  constructor(limits: StateLimits) {
    this.#hosts = new KeyedState<0>(
      limits,
      () => 0,
      () => 0,
    )
    this.#destinations = new KeyedState<Destination>(
      limits,
      () => ({ ...noRecent(), first: 0 }),
      weightOf,
    )
  }

  get evicted(): number {
    return this.#hosts.evicted + this.#destinations.evicted
  }

  note(host: string, destination: string, at: number): void {
    this.#hosts.change(host, at, () => undefined)
    this.#destinations.change(destination, at, (state) => {
      if (state.keys.length === 0) state.first = at
      note(state, hashOf(host), at, mostHosts)
    })
  }

  of(destination: string, at: number): Commonness {
    const state = this.#destinations.peek(destination)
    const hosts = state === undefined ? 0 : countSince(state, at, window)
    const ofHosts = Math.max(this.#hosts.size, 1)
    const share = hosts >= mostHosts ? 1 : hosts / ofHosts
    return { hosts, ofHosts, share, first: state?.first ?? at }
  }

  snapshot(): unknown {
    return { hosts: this.#hosts.snapshot(), destinations: this.#destinations.snapshot() }
  }

  restore(kept: unknown): void {
    const { hosts, destinations } = kept as { hosts: unknown; destinations: unknown }
    this.#hosts.restore(hosts)
    this.#destinations.restore(destinations)
  }
}
