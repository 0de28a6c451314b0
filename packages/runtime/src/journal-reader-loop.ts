import { setTimeout as pause } from 'node:timers/promises'

/** Looked at without being woken, in case the connection that wakes is down (milliseconds). */
const lookEvery = 5_000
const batch = 100
const firstBackOff = 100
const longestBackOff = 30_000

/**
 * Repeats "read on" until there is nothing more, then waits to be woken. After a failure it reads one
 * entry at a time, so that those before the bad one pass, and waits longer and longer before the bad one.
 */
export class ReaderLoop {
  readonly #read: (limit: number) => Promise<boolean>
  readonly #failed: (error: unknown) => void

  /** `read` handles up to so many entries together and says whether there may be more. */
  constructor(read: (limit: number) => Promise<boolean>, failed: (error: unknown) => void) {
    this.#read = read
    this.#failed = failed
  }

  /** Runs until `signal` aborts; `subscribe` registers what wakes it and returns the way to take it back. */
  async run(subscribe: (wake: () => void) => () => void, signal: AbortSignal): Promise<void> {
    let woken = Promise.withResolvers<void>()
    const wake = () => woken.resolve()
    const unsubscribe = subscribe(wake)
    signal.addEventListener('abort', wake, { once: true })
    let backOff = 0
    try {
      while (!signal.aborted) {
        woken = Promise.withResolvers<void>()
        backOff = await this.#readOn(backOff, signal)
        if (backOff > 0) await pause(backOff, undefined, { signal }).catch(() => undefined)
        else await orLater(woken.promise)
      }
    } finally {
      unsubscribe()
      signal.removeEventListener('abort', wake)
    }
  }

  /** Reads until the end or a failure; the time to wait before the next attempt, 0 at the end. */
  async #readOn(lastBackOff: number, signal: AbortSignal): Promise<number> {
    let backOff = lastBackOff
    const limit = backOff > 0 ? 1 : batch
    try {
      while (!signal.aborted && (await this.#read(limit))) backOff = firstBackOff
      return 0
    } catch (error) {
      this.#failed(error)
      return Math.min(Math.max(backOff * 2, firstBackOff), longestBackOff)
    }
  }
}

async function orLater(woken: Promise<void>): Promise<void> {
  const timer = new AbortController()
  const later = pause(lookEvery, undefined, { signal: timer.signal }).catch(() => undefined)
  await Promise.race([woken, later])
  timer.abort()
}
