/** What matching took on the records that were timed, in microseconds. */
export interface RuleCosts {
  /** Records that were timed. */
  readonly records: number
  /** From a record to the rules that fire on it, all rules together. */
  readonly us: number
  /** The checks of single rules, of those that were tried at all. */
  readonly rules: readonly RuleCost[]
}

/** What one rule took. */
export interface RuleCost {
  readonly id: string
  /** Timed records its conditions were tried on; routing and witnesses spare it the others. */
  readonly tried: number
  readonly us: number
}

/** Prime, so that it keeps no step with sources that take turns. */
const usualStep = 127

/** Times the checks of rules on every so-many-th record, so that knowing the cost costs next to nothing. */
export class RuleMeter {
  readonly #ids: readonly string[]
  readonly #now: () => number
  readonly #step: number
  readonly #tried: Uint32Array
  readonly #spent: Float64Array
  readonly #touched: number[] = []
  #until: number
  #records = 0
  #total = 0

  /** `ids` in the order of the rules; `now` in milliseconds, with fractions. */
  constructor(ids: readonly string[], now: () => number, step = usualStep) {
    this.#ids = ids
    this.#now = now
    this.#step = step
    this.#until = step
    this.#tried = new Uint32Array(ids.length)
    this.#spent = new Float64Array(ids.length)
  }

  /** Whether the next record is one of those that are timed; asked once for each. */
  isDue(): boolean {
    this.#until -= 1
    if (this.#until > 0) return false
    this.#until = this.#step
    return true
  }

  /** Times the matching of one record as a whole. */
  record<T>(match: () => T): T {
    const start = this.#now()
    const result = match()
    this.#total += this.#now() - start
    this.#records += 1
    return result
  }

  /** Times the check of the rule at a position. */
  rule(position: number, check: () => boolean): boolean {
    const start = this.#now()
    const fires = check()
    const spent = this.#now() - start
    if (this.#tried[position] === 0) this.#touched.push(position)
    this.#tried[position] = (this.#tried[position] ?? 0) + 1
    this.#spent[position] = (this.#spent[position] ?? 0) + spent
    return fires
  }

  /** What was measured since it was last taken; undefined: nothing. */
  take(): RuleCosts | undefined {
    if (this.#records === 0) return undefined
    const costs = {
      records: this.#records,
      us: this.#total * 1000,
      rules: this.#touched.map((position) => ({
        id: this.#ids[position] ?? '',
        tried: this.#tried[position] ?? 0,
        us: (this.#spent[position] ?? 0) * 1000,
      })),
    }
    for (const position of this.#touched) {
      this.#tried[position] = 0
      this.#spent[position] = 0
    }
    this.#touched.length = 0
    this.#records = 0
    this.#total = 0
    return costs
  }
}
