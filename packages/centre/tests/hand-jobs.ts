import type { Jobs } from '@haidang/runtime/jobs'

/** Does a job when it is sent, as a worker at hand would, and what recurs when it is told to. */
export class HandJobs implements Jobs {
  readonly #recurring = new Map<string, () => Promise<void>>()
  readonly #workers = new Map<string, (data: object) => Promise<void>>()

  async every(name: string, _rhythm: number | string, work: () => Promise<void>) {
    this.#recurring.set(name, work)
  }

  /** Takes the turn of what recurs. Throws an Error where nothing of this name does. */
  async run(name: string) {
    const work = this.#recurring.get(name)
    if (!work) throw new Error(`nothing recurs as ${name}`)
    await work()
  }

  async work<T extends object>(name: string, handler: (data: T) => Promise<void>) {
    this.#workers.set(name, handler as (data: object) => Promise<void>)
  }

  async send(name: string, data: object) {
    await this.#workers.get(name)?.(data)
  }

  async stop() {}
}
