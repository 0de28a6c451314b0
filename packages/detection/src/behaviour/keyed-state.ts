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
  /** When idle keys were last looked for. */
  readonly swept: number
  readonly entries: readonly (readonly [key: string, at: number, state: T])[]
}

const weightOfEntry = 96
const sameMoment = 60_000
const sweepEvery = 600_000
/** Share of the bounds that stays when room is made. */
const kept = 0.9

/** State per key within bounds. Keys stand in the order they were last met, to the minute; the stalest goes first. */
export class KeyedState<T> {
  readonly #limits: StateLimits
  readonly #fresh: () => T
  readonly #weigh: (state: T) => number
  #entries = new Map<string, Entry<T>>()
  #bytes = 0
  #evicted = 0
  #swept = 0

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

  snapshot(): Kept<T> {
    const entries = Array.from(this.#entries, ([key, { at, state }]) => [key, at, state] as const)
    return { evicted: this.#evicted, swept: this.#swept, entries }
  }

  /** Takes back what `snapshot` gave. */
  restore(snapshot: unknown): void {
    const { evicted, swept, entries } = snapshot as Kept<T>
    this.#evicted = evicted
    this.#swept = swept
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
    // Moving a key to the end costs more than all else here; within a minute its place is good enough.
    if (known !== undefined && at - known.at < sameMoment) return known
    if (known !== undefined) this.#entries.delete(key)
    const entry = known ?? { state: this.#fresh(), weight: 0, at }
    entry.at = at
    this.#entries.set(key, entry)
    return entry
  }

  /** Makes room in batches: looking for the stalest key costs as much as the keys taken out since. */
  #makeRoom(at: number): void {
    const isFull = this.#isOver(1)
    if (!isFull && at - this.#swept < sweepEvery) return
    this.#swept = at
    for (const [key, entry] of this.#entries) {
      const isEvicted = isFull && this.#isOver(kept)
      const isIdle = entry.at < at - this.#limits.idle
      if (this.#entries.size === 1 || !(isEvicted || isIdle)) return
      this.#bytes -= entry.weight
      this.#entries.delete(key)
      if (isEvicted) this.#evicted += 1
    }
  }

  #isOver(share: number): boolean {
    const { keys, bytes } = this.#limits
    return this.#entries.size > keys * share || this.#bytes > bytes * share
  }
}
