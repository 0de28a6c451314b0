import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '@haidang/runtime/log'

const longestWait = 15_000

/** Runs steps until they succeed, and knows which one is in trouble. */
export class Perseverance {
  readonly #log: Log
  readonly #signal: AbortSignal
  readonly #troubles = new Map<string, string>()

  constructor(log: Log, signal: AbortSignal) {
    this.#log = log
    this.#signal = signal
  }

  /** The step that fails now, and why; undefined: none does. */
  get trouble(): string | undefined {
    const [first] = this.#troubles
    return first && `${first[0]}: ${first[1]}`
  }

  /** The answer of `work`, tried again after growing waits; undefined when the signal aborts. */
  async run<T>(step: string, work: () => Promise<T>): Promise<T | undefined> {
    for (let wait = 100; ; wait = Math.min(wait * 2, longestWait)) {
      try {
        const answer = await work()
        this.#troubles.delete(step)
        return answer
      } catch (error) {
        if (this.#signal.aborted) return undefined
        this.#troubles.set(step, error instanceof Error ? error.message : String(error))
        this.#log.error({ error, step, wait }, 'a step of the line failed and is tried again')
      }
      await pause(wait, undefined, { signal: this.#signal }).catch(() => undefined)
      if (this.#signal.aborted) return undefined
    }
  }
}
