import type { Clock } from './clock.ts'
import type { Log } from './log.ts'

/** Something that must be stopped in order. */
export interface Part {
  readonly name: string
  stop(): Promise<void>
}

interface LifecycleOptions {
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds that all stopping together may take; 25 seconds unless told. */
  readonly stopWithin?: number
}

/**
 * Starts parts one after the other and stops them in reverse. One signal, aborted when stopping begins,
 * tells every loop to end.
 */
export class Lifecycle implements AsyncDisposable {
  readonly #clock: Clock
  readonly #log: Log
  readonly #stopWithin: number
  readonly #parts: Part[] = []
  readonly #stopping = new AbortController()
  #stopped: Promise<void> | undefined

  constructor({ clock, log, stopWithin = 25_000 }: LifecycleOptions) {
    this.#clock = clock
    this.#log = log
    this.#stopWithin = stopWithin
  }

  get signal(): AbortSignal {
    return this.#stopping.signal
  }

  /**
   * Starts one part and remembers how to stop it. If `start` fails, everything started before is
   * stopped, and the failure passed on.
   */
  async start<T>(
    name: string,
    start: () => Promise<T>,
    stop?: (part: T) => Promise<void>,
  ): Promise<T> {
    const began = this.#clock.monotonic()
    try {
      this.signal.throwIfAborted()
      const part = await start()
      if (stop) await this.#keep({ name, stop: () => stop(part) })
      const milliseconds = Math.round(this.#clock.monotonic() - began)
      this.#log.debug({ part: name, milliseconds }, 'part started')
      return part
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  /** What came up only after stopping began is stopped at once. */
  async #keep(part: Part): Promise<void> {
    if (!this.signal.aborted) {
      this.#parts.push(part)
      return
    }
    await this.#stopOne(part, this.#stopWithin)
    this.signal.throwIfAborted()
  }

  /** Keeps a loop that runs until the signal; an early end or a failure is logged. */
  run(name: string, loop: (signal: AbortSignal) => Promise<void>): void {
    const done = loop(this.signal).catch((error: unknown) => {
      if (!this.signal.aborted) this.#log.error({ part: name, error }, 'a loop ended by failure')
    })
    this.#parts.push({ name, stop: () => done })
  }

  /** Stops everything, last started first; what does not stop in time is left and named in the log. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll()
    return this.#stopped
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #stopAll(): Promise<void> {
    this.#stopping.abort()
    const deadline = this.#clock.monotonic() + this.#stopWithin
    for (const part of this.#parts.reverse()) {
      // A part that used up the time of all must not keep the others from being told.
      const left = Math.max(deadline - this.#clock.monotonic(), 1_000)
      await this.#stopOne(part, left)
    }
  }

  async #stopOne({ name, stop }: Part, milliseconds: number): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => resolve('late'), milliseconds)
    try {
      if ((await Promise.race([stop(), late])) === 'late') {
        this.#log.error({ part: name }, 'a part did not stop in time')
      }
    } catch (error) {
      this.#log.error({ part: name, error }, 'a part failed while stopping')
    } finally {
      clearTimeout(timer)
    }
  }
}
