const longestRun = 512

/** Numbers in order, as short runs, so that adding and removing one moves few others. */
export class SortedNumbers {
  readonly #runs: number[][] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  add(value: number): void {
    this.#size += 1
    const at = this.#runOf(value)
    const run = this.#runs[at]
    if (run === undefined) {
      this.#runs.push([value])
      return
    }
    run.splice(firstNotBelow(run, value), 0, value)
    if (run.length > longestRun) this.#runs.splice(at + 1, 0, run.splice(longestRun >> 1))
  }

  /** Removes one of the numbers equal to `value`, which must be there. */
  remove(value: number): void {
    const at = this.#runOf(value)
    const run = this.#runs[at]
    if (run === undefined) return
    run.splice(firstNotBelow(run, value), 1)
    this.#size -= 1
    if (run.length === 0) this.#runs.splice(at, 1)
  }

  /** The number at a position, counted from 0; NaN outside. */
  at(position: number): number {
    let left = position
    for (const run of this.#runs) {
      if (left < run.length) return run[left] ?? Number.NaN
      left -= run.length
    }
    return Number.NaN
  }

  /** The first run whose last number is not below `value`, else the last run. */
  #runOf(value: number): number {
    let low = 0
    let high = this.#runs.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#runs[middle]?.at(-1) ?? 0) < value) low = middle + 1
      else high = middle
    }
    return low
  }
}

function firstNotBelow(run: readonly number[], value: number): number {
  let low = 0
  let high = run.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((run[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
