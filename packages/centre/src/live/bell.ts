/** Tells a waiting loop that there is something to read; a ring while nobody waits is remembered. */
export class Bell {
  #rung = false
  #wake: () => void = () => undefined

  ring(): void {
    this.#rung = true
    this.#wake()
  }

  /** Forgets rings up to now: call it before reading, so that a ring during the read counts. */
  quiet(): void {
    this.#rung = false
  }

  /** Resolves at a ring (true), after some milliseconds without one (false), or when the signal aborts (true). */
  async heard(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (this.#rung || signal.aborted) return true
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => resolve(false), milliseconds)
    const woken = () => resolve(true)
    this.#wake = woken
    signal.addEventListener('abort', woken, { once: true })
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', woken)
      this.#wake = () => undefined
    }
  }
}
