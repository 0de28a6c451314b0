/** Lets any number of inserts run beside each other, and one quiet work alone; first come, first served. */
export class InsertGate {
  readonly #inserts = new Set<Promise<unknown>>()
  /** The quiet work that was asked for last, until it has ended. */
  #quiet: Promise<unknown> | undefined

  /** Runs an insert once no quiet work is under way or waits. */
  async insert<T>(work: () => Promise<T>): Promise<T> {
    while (this.#quiet !== undefined) await this.#quiet
    const running = work()
    const settled = running.catch(() => undefined)
    this.#inserts.add(settled)
    try {
      return await running
    } finally {
      this.#inserts.delete(settled)
    }
  }

  /** Holds new inserts back, waits for those under way, and runs `work` alone. */
  async quietly<T>(work: () => Promise<T>): Promise<T> {
    const running = Promise.all([this.#quiet, ...this.#inserts]).then(work)
    const settled = running.catch(() => undefined)
    this.#quiet = settled
    try {
      return await running
    } finally {
      if (this.#quiet === settled) this.#quiet = undefined
    }
  }
}
