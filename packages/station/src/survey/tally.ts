const mostKeys = 500

/** Counts by key, of at most 500 keys: the names records choose have no end. */
export class Tally<K> {
  readonly #counts = new Map<K, number>()

  add(key: K): void {
    const count = this.#counts.get(key)
    if (count === undefined && this.#counts.size >= mostKeys) return
    this.#counts.set(key, (count ?? 0) + 1)
  }

  /** Most first; of equal ones the one that came first. */
  sorted(): [K, number][] {
    return [...this.#counts].toSorted((a, b) => b[1] - a[1])
  }
}
