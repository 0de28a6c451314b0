export interface StateLimits {
  readonly keys: number
  readonly bytes: number
  /** Milliseconds after which a key not met is forgotten. */
  readonly idle: number
}

interface Entry<T> {
  readonly state: T
  weight: number
  at: number
}

/** What `KeyedState` gives to be kept: keys, stalest first, with time and state. */
interface Kept<T> {
  readonly evicted: number
  readonly entries: readonly (readonly [key: string, at: number, state: T])[]
}

const weightOfEntry = 96

/** State per key within bounds. Keys stand in the order they were last met; the stalest goes first. */
export class KeyedState<T> {
  readonly #limits: StateLimits
  readonly #fresh: () => T
  readonly #weigh: (state: T) => number
  #entries = new Map<string, Entry<T>>()
  #bytes = 0
  #evicted = 0

  /** `fresh` makes the state of a new key: plain data. `weigh` estimates its bytes. */
  constructor(limits: StateLimits, fresh: () => T, weigh: (state: T) => number) {
    this.#limits = limits
    this.#fresh = fresh
    this.#weigh = weigh
  }

  get size(): number {
    return this.#entries.size
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Keys forgotten for want of room. */
  get evicted(): number {
    return this.#evicted
  }

  peek(key: string): T | undefined {
    return this.#entries.get(key)?.state
  }

  /** Changes the state of a key, new or known, at an instant; gives what `change` gives. */
  change<R>(key: string, at: number, change: (state: T) => R): R {
    const entry = this.#take(key, at)
    const result = change(entry.state)
    const weight = this.#weigh(entry.state) + key.length * 2 + weightOfEntry
    this.#bytes += weight - entry.weight
    entry.weight = weight
    this.#makeRoom(at)
    return result
  }

  forget(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#bytes -= entry.weight
    this.#entries.delete(key)
  }

  snapshot(): Kept<T> {
    const entries = Array.from(this.#entries, ([key, { at, state }]) => [key, at, state] as const)
    return { evicted: this.#evicted, entries }
  }

  /** Takes back what `snapshot` gave. */
  restore(kept: unknown): void {
    const { evicted, entries } = kept as Kept<T>
    this.#evicted = evicted
    this.#bytes = 0
    this.#entries = new Map()
    for (const [key, at, state] of entries) {
      const weight = this.#weigh(state) + key.length * 2 + weightOfEntry
      this.#entries.set(key, { state, at, weight })
      this.#bytes += weight
    }
  }

  #take(key: string, at: number): Entry<T> {
    const known = this.#entries.get(key)
    if (known !== undefined) this.#entries.delete(key)
    const entry = known ?? { state: this.#fresh(), weight: 0, at }
    entry.at = Math.max(entry.at, at)
    this.#entries.set(key, entry)
    return entry
  }

  #makeRoom(at: number): void {
    const { keys, bytes, idle } = this.#limits
    for (const [key, entry] of this.#entries) {
      const isFull = this.#entries.size > keys || this.#bytes > bytes
      if (!isFull && entry.at >= at - idle) return
      if (this.#entries.size === 1) return
      this.forget(key)
      if (isFull) this.#evicted += 1
    }
  }
}
