import type { EntryPool } from './entry-pool.ts'
import { SortedNumbers } from './sorted-numbers.ts'

/** Keeps the measure of a window up to date while entries come and go. */
export interface Measure {
  /** Entries come in the order of time. */
  add(entry: number): void
  /** Entries go oldest first. */
  remove(entry: number): void
  /** What is measured when the window ends with `entry`, the last one added. */
  value(entry: number): number
}

/** How many entries. */
export class EventCount implements Measure {
  #count = 0

  add(): void {
    this.#count += 1
  }

  remove(): void {
    this.#count -= 1
  }

  value(): number {
    return this.#count
  }
}

/** How many different texts, and how often each. */
export class DistinctValues {
  readonly #texts: readonly string[]
  readonly #counts = new Map<string, number>()
  #entries = 0

  constructor({ texts }: EntryPool) {
    this.#texts = texts
  }

  add(entry: number): void {
    const text = this.#texts[entry] as string
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1)
    this.#entries += 1
  }

  remove(entry: number): void {
    const text = this.#texts[entry] as string
    const count = this.#counts.get(text) ?? 0
    if (count > 1) this.#counts.set(text, count - 1)
    else this.#counts.delete(text)
    this.#entries -= 1
  }

  value(): number {
    return this.#counts.size
  }

  /** Per cent of the entries that have the text of `entry`. */
  share(entry: number): number {
    return (100 * (this.#counts.get(this.#texts[entry] as string) ?? 0)) / this.#entries
  }
}

/** Of all values, the per cent that equal the newest one. */
export class ValueShare implements Measure {
  readonly #values: DistinctValues

  constructor(pool: EntryPool) {
    this.#values = new DistinctValues(pool)
  }

  add(entry: number): void {
    this.#values.add(entry)
  }

  remove(entry: number): void {
    this.#values.remove(entry)
  }

  value(entry: number): number {
    return this.#values.share(entry)
  }
}

/** A sum, or an average, that does not drift: what rounding loses is kept aside (two-sum, Knuth 1969). */
export class RunningSum implements Measure {
  readonly #pool: EntryPool
  readonly #average: boolean
  #count = 0
  #sum = 0
  #rest = 0

  constructor(pool: EntryPool, average: boolean) {
    this.#pool = pool
    this.#average = average
  }

  add(entry: number): void {
    this.#count += 1
    this.#plus(this.#pool.numbers[entry] as number)
  }

  remove(entry: number): void {
    this.#count -= 1
    this.#plus(-(this.#pool.numbers[entry] as number))
  }

  value(): number {
    const sum = this.#sum + this.#rest
    return this.#average ? sum / this.#count : sum
  }

  #plus(value: number): void {
    const sum = this.#sum + value
    const part = sum - this.#sum
    this.#rest += this.#sum - (sum - part) + (value - part)
    this.#sum = sum
  }
}

/** The number below or at which a percentage of all numbers lies (nearest rank); the median halves. */
export class Percentile implements Measure {
  readonly #pool: EntryPool
  readonly #percentile: number | 'median'
  readonly #sorted = new SortedNumbers()

  constructor(pool: EntryPool, percentile: number | 'median') {
    this.#pool = pool
    this.#percentile = percentile
  }

  add(entry: number): void {
    this.#sorted.add(this.#pool.numbers[entry] as number)
  }

  remove(entry: number): void {
    this.#sorted.remove(this.#pool.numbers[entry] as number)
  }

  value(): number {
    const sorted = this.#sorted
    const { size } = sorted
    if (this.#percentile === 'median') {
      return sorted.at((size - 1) >> 1) / 2 + sorted.at(size >> 1) / 2
    }
    const rank = Math.ceil((this.#percentile / 100) * size)
    return sorted.at(Math.max(rank, 1) - 1)
  }
}
