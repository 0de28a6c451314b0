/** Bytes a millisecond that buy a sender more time. */
const slowest = 4

/**
 * How long a sender takes over one record: who brings single bytes to hold a connection is found out. Time in
 * which the record waits for us does not count.
 */
export class RecordDeadline {
  #since: number | undefined
  #bytes = 0

  /** Nothing is begun: a record was completed, or is being taken in. */
  clear(): void {
    this.#since = undefined
    this.#bytes = 0
  }

  /** A record is begun and `bytes` of it are there; none: nothing is. */
  begun(bytes: number, now: number = performance.now()): void {
    this.#since = bytes === 0 ? undefined : (this.#since ?? now)
    this.#bytes = bytes
  }

  /** Whether the rest is longer in coming than `time` milliseconds, and 4 kB/s for what came. */
  isOver(time: number, now: number = performance.now()): boolean {
    return this.#since !== undefined && now - this.#since > time + this.#bytes / slowest
  }
}
