/** What was lately asked for, by key: at most twice `most` values, the ones longest not asked for go first. */
export class RecentValues<T> {
  readonly #most: number
  #young = new Map<string, T>()
  #old = new Map<string, T>()

  constructor(most: number) {
    this.#most = most
  }

  /** The value of a key, made where it is not remembered. */
  get(key: string, make: (key: string) => T): T {
    const known = this.#young.get(key)
    if (known !== undefined) return known
    const value = this.#old.get(key) ?? make(key)
    if (this.#young.size >= this.#most) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
    return value
  }
}
