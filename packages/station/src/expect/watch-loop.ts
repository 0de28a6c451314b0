import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '@haidang/runtime/log'

const every = 10_000

/** Ticks every ten seconds between start and stop; a tick that fails is told and the next one tries again. */
export class WatchLoop {
  readonly #tick: () => Promise<void>
  readonly #log: Log
  readonly #stopping = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor(tick: () => Promise<void>, log: Log) {
    this.#tick = tick
    this.#log = log
  }

  start(): void {
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#tick().catch((error: unknown) => {
        this.#log.error({ error }, 'sources could not be looked at')
      })
      await pause(every, undefined, { signal }).catch(() => undefined)
    }
  }
}
