/** Wakes whoever waits; rung while nobody waits it is remembered once. */
export class Doorbell {
  readonly #waiting = new Set<() => void>()
  #rung = false

  ring(): void {
    this.#rung = this.#waiting.size === 0
    for (const wake of this.#waiting) wake()
  }

  /** Resolves when the bell rings, after `milliseconds`, or when `signal` aborts, whichever is first. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#rung || signal.aborted) {
      this.#rung = false
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      this.#waiting.add(done)
      signal.addEventListener('abort', done)
    })
  }
}
