const block = 64

/**
 * How far event time has come: the earliest time among a whole block of observations. A few clocks
 * that are ahead therefore do not make everyone else late.
 */
export class Tide {
  readonly #lateness: number
  #level = Number.NEGATIVE_INFINITY
  #lowest = Number.POSITIVE_INFINITY
  #seen = 0

  /** `lateness`: how far behind the tide a time may be, in milliseconds. */
  constructor(lateness: number) {
    this.#lateness = lateness
  }

  /** Times before this are too late. */
  get floor(): number {
    return this.#level - this.#lateness
  }

  /** Takes note of a time; false if it is too late. */
  rises(time: number): boolean {
    if (time < this.floor) return false
    if (time < this.#lowest) this.#lowest = time
    this.#seen += 1
    if (this.#seen === block) {
      if (this.#lowest > this.#level) this.#level = this.#lowest
      this.#lowest = Number.POSITIVE_INFINITY
      this.#seen = 0
    }
    return true
  }

  /** What it stands at, for a snapshot. */
  get marks(): readonly [level: number, lowest: number, seen: number] {
    return [this.#level, this.#lowest, this.#seen]
  }

  /** Puts it where another stood. */
  set([level, lowest, seen]: Tide['marks']): void {
    this.#level = level
    this.#lowest = lowest
    this.#seen = Math.min(Math.max(Math.trunc(seen), 0), block - 1)
  }
}
