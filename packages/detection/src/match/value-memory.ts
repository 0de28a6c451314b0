const mostRemembered = 4_096
/** Questions after which a memory that seldom knows the answer is given up for a while. */
const trial = 2_048
const fewestKnown = trial / 4
const pause = 8 * trial

type Rules = readonly number[]

/** What was found out about values of a field, for as long as they keep recurring; bounded. */
export class ValueMemory {
  readonly #compute: (value: string) => Rules
  #young = new Map<string, Rules>()
  #old = new Map<string, Rules>()
  #asked = 0
  #known = 0
  #paused = 0

  constructor(compute: (value: string) => Rules) {
    this.#compute = compute
  }

  /** As `compute` says of the value, asked only where it is not remembered. */
  get(value: string): Rules {
    if (this.#paused > 0) {
      this.#paused -= 1
      return this.#compute(value)
    }
    this.#asked += 1
    const young = this.#young.get(value)
    if (young !== undefined) {
      this.#known += 1
      return young
    }
    return this.#learn(value)
  }

  #learn(value: string): Rules {
    const old = this.#old.get(value)
    if (old !== undefined) this.#known += 1
    const rules = old ?? this.#compute(value)
    if (this.#young.size >= mostRemembered) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(value, rules)
    if (this.#asked >= trial) this.#judge()
    return rules
  }

  #judge(): void {
    if (this.#known < fewestKnown) {
      this.#paused = pause
      this.#young.clear()
      this.#old.clear()
    }
    this.#asked = 0
    this.#known = 0
  }
}
