import type { Counter } from './program.ts'

/** Where the running counters of one search began, so that their lengths are known at any place. */
export class CounterClock {
  readonly #queues: readonly StartQueue[]
  #exits = 0
  #expired = 0
  #lookedAt = 0
  #nextChange = 0

  constructor(counters: readonly Counter[]) {
    this.#queues = counters.map(({ least, most }) => new StartQueue(least, most))
  }

  /** After `look`: the counters that may end at that place. */
  get exits(): number {
    return this.#exits
  }

  /** After `look`: the counters all of whose runs have become too long. */
  get expired(): number {
    return this.#expired
  }

  /** The next place where `look` may have another answer, if the same counters run on. */
  get nextChange(): number {
    return this.#nextChange
  }

  /** Starts counters at a place; those that did not run before it forget what they knew. */
  enter(entered: number, active: number, at: number): void {
    for (let rest = entered; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest
      const queue = this.#queues[31 - Math.clz32(bit)]
      if ((active & bit) === 0) {
        queue?.clear()
        this.#nextChange = 0
      }
      queue?.add(at)
    }
  }

  /** Looks at the running counters at a place; the answer is in `exits` and `expired`. */
  look(active: number, at: number): void {
    if (active === this.#lookedAt && at < this.#nextChange) return
    this.#lookedAt = active
    this.#nextChange = Number.POSITIVE_INFINITY
    this.#exits = 0
    this.#expired = 0
    for (let rest = active; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest
      const queue = this.#queues[31 - Math.clz32(bit)]
      if (queue === undefined) continue
      if (queue.mayEnd(at)) this.#exits |= bit
      else if (queue.empty) this.#expired |= bit
      this.#nextChange = Math.min(this.#nextChange, queue.nextChange(at))
    }
  }
}

/** Starts of runs of one counter, oldest first. Without an upper bound the oldest is all that matters. */
class StartQueue {
  readonly #least: number
  readonly #most: number
  #ring: Int32Array | undefined
  #first = 0
  #count = 0

  constructor(least: number, most: number) {
    this.#least = least
    this.#most = most
  }

  get empty(): boolean {
    return this.#count === 0
  }

  clear(): void {
    this.#count = 0
  }

  add(at: number): void {
    const bounded = this.#most !== Number.POSITIVE_INFINITY
    if (!bounded && this.#count > 0) return
    this.#ring ??= new Int32Array(2 << (31 - Math.clz32(bounded ? this.#most + 1 : 1)))
    this.#ring[(this.#first + this.#count) & (this.#ring.length - 1)] = at
    this.#count += 1
  }

  /** Forgets runs that are too long; whether the oldest left is long enough. */
  mayEnd(at: number): boolean {
    const ring = this.#ring
    if (ring === undefined) return false
    const mask = ring.length - 1
    while (this.#count > 0 && at - (ring[this.#first & mask] ?? 0) > this.#most) {
      this.#first = (this.#first + 1) & mask
      this.#count -= 1
    }
    return this.#count > 0 && at - (ring[this.#first & mask] ?? 0) >= this.#least
  }

  /** After `mayEnd`: the next place where its answer may be another, if the counter runs on. */
  nextChange(at: number): number {
    const ring = this.#ring
    if (ring === undefined || this.#count === 0) return at + 1
    const first = ring[this.#first & (ring.length - 1)] ?? 0
    return at - first < this.#least ? first + this.#least : first + this.#most + 1
  }
}
