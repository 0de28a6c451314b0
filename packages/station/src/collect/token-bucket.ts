const second = 1000

/**
 * Bounds a rate over time and lets a burst through: what is charged may go below nothing, and then nothing more
 * fits until time has made up for it. So a batch larger than the burst gets in, and the rate holds on average.
 */
export class TokenBucket {
  #left: number
  #at: number

  /** `full`: what it holds at the start; `now`: milliseconds of a clock that never goes back. */
  constructor(full: number, now: number) {
    this.#left = full
    this.#at = now
  }

  /** Milliseconds until something fits, at `rate` a second and with `most` as the burst; 0: now. */
  wait(rate: number, most: number, now: number): number {
    this.#left = Math.min(most, this.#left + (rate * Math.max(0, now - this.#at)) / second)
    this.#at = now
    return this.#left > 0 ? 0 : Math.ceil(((1 - this.#left) * second) / rate)
  }

  charge(amount: number): void {
    this.#left -= amount
  }
}
