/** No entry, no group. */
export const nothing = -1

const firstCapacity = 64

/**
 * Events kept by one correlation, in columns; those of a group form a list in the order of time.
 * Columns, because a million objects cost three times the memory.
 */
export class EntryPool {
  /** Milliseconds since the epoch. */
  times = new Float64Array(firstCapacity)
  /** The number measured, or the member the event is of. */
  numbers = new Float64Array(firstCapacity)
  next = new Int32Array(firstCapacity)
  previous = new Int32Array(firstCapacity)
  readonly texts: string[] = []
  readonly subjects: string[] = []
  #free = nothing
  #used = 0

  /** An entry that stands in no list yet. */
  take(time: number, number: number, text: string, subject: string): number {
    let entry = this.#free
    if (entry === nothing) {
      if (this.#used === this.times.length) this.#grow()
      entry = this.#used
      this.#used += 1
    } else {
      this.#free = this.next[entry] as number
    }
    this.times[entry] = time
    this.numbers[entry] = number
    this.texts[entry] = text
    this.subjects[entry] = subject
    this.next[entry] = nothing
    this.previous[entry] = nothing
    return entry
  }

  /** Gives an entry back; it must stand in no list any more. */
  release(entry: number): void {
    this.texts[entry] = ''
    this.subjects[entry] = ''
    this.next[entry] = this.#free
    this.#free = entry
  }

  #grow(): void {
    const capacity = Math.ceil(this.times.length * 1.5)
    this.times = grown(this.times, new Float64Array(capacity))
    this.numbers = grown(this.numbers, new Float64Array(capacity))
    this.next = grown(this.next, new Int32Array(capacity))
    this.previous = grown(this.previous, new Int32Array(capacity))
  }
}

/** The larger array with the content of the smaller. */
export function grown<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
