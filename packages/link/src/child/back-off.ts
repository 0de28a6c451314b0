/** Waiting times that grow after each failure, jittered so that many children do not return at once. */
export class BackOff {
  readonly #first: number
  readonly #cap: number
  readonly #random: () => number
  #failures = 0

  /** Milliseconds; `random` gives numbers in [0, 1). */
  constructor(first: number, cap: number, random: () => number) {
    this.#first = first
    this.#cap = cap
    this.#random = random
  }

  /** The next wait: between half and all of the doubled time, at most the cap. */
  next(): number {
    const full = Math.min(this.#cap, this.#first * 2 ** Math.min(this.#failures, 20))
    this.#failures++
    return full / 2 + (full / 2) * this.#random()
  }

  reset(): void {
    this.#failures = 0
  }
}
