import { setTimeout as pause } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import type { Log } from './log.ts'

export interface SendOptions {
  /** Seconds to wait before it may run. */
  readonly after?: number
}

/** Work that is done later, or again and again. */
export interface Jobs {
  /**
   * Runs `handler` every so many seconds (from end to start, in this process) or by a cron line of five
   * fields in Vietnamese time (once over all processes, kept in the database). A failure is logged and
   * the next turn comes as usual.
   */
  every(name: string, rhythm: number | string, handler: () => Promise<void>): Promise<void>
  /** Keeps a job in the database until a worker has done it. */
  send(name: string, data: object, options?: SendOptions): Promise<void>
  /** Does jobs of this name, one at a time; one that fails is tried again, later and later, ten times. */
  work<Data extends object>(name: string, handler: (data: Data) => Promise<void>): Promise<void>
  /** Waits for what is running, at most ten seconds. */
  stop(): Promise<void>
}

interface JobsOptions {
  /** The owner's URL of the node's database; the jobs live in a schema of their own there. */
  readonly url: string
  readonly log: Log
}

const schema = 'haidang_jobs'
const connections = 2
const stopWithin = 10_000
const queueOptions = {
  retryLimit: 10,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 600,
  expireInSeconds: 900,
  deleteAfterSeconds: 86_400,
}

/** Creates or migrates the schema of the jobs and starts looking for work. */
export async function startJobs({ url, log }: JobsOptions): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: url,
    schema,
    max: connections,
    application_name: 'haidang jobs',
  })
  boss.on('error', (error) => log.warn({ error }, 'the job queue stumbled'))
  await boss.start()
  return new DatabaseJobs(boss, log)
}

class DatabaseJobs implements Jobs {
  readonly #boss: PgBoss
  readonly #log: Log
  readonly #stopping = new AbortController()
  readonly #queues = new Map<string, Promise<void>>()
  readonly #loops = new Set<Promise<void>>()

  constructor(boss: PgBoss, log: Log) {
    this.#boss = boss
    this.#log = log
  }

  async every(name: string, rhythm: number | string, handler: () => Promise<void>): Promise<void> {
    if (typeof rhythm === 'number') {
      this.#loops.add(this.#repeat(name, rhythm * 1000, handler))
      return
    }
    await this.#queue(name)
    await this.#boss.schedule(name, rhythm, {}, { tz: 'Asia/Ho_Chi_Minh' })
    await this.#boss.work(name, () => this.#turn(name, handler))
  }

  async send(name: string, data: object, { after = 0 }: SendOptions = {}): Promise<void> {
    await this.#queue(name)
    await this.#boss.send(name, data, after > 0 ? { startAfter: after } : {})
  }

  async work<Data extends object>(
    name: string,
    handler: (data: Data) => Promise<void>,
  ): Promise<void> {
    await this.#queue(name)
    await this.#boss.work<Data>(name, { pollingIntervalSeconds: 1 }, async (jobs) => {
      for (const { id, data } of jobs) {
        try {
          await handler(data)
        } catch (error) {
          this.#log.warn({ job: name, id, error }, 'a job failed and will be tried again')
          throw error
        }
      }
    })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    const given = pause(stopWithin, undefined, { ref: false })
    await Promise.race([Promise.all(this.#loops), given])
    await this.#boss.stop({ graceful: true, timeout: stopWithin })
  }

  #queue(name: string): Promise<void> {
    const known = this.#queues.get(name)
    if (known !== undefined) return known
    const made = this.#boss.createQueue(name, queueOptions)
    this.#queues.set(name, made)
    made.catch(() => this.#queues.delete(name))
    return made
  }

  async #repeat(name: string, milliseconds: number, handler: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#turn(name, handler)
      await pause(milliseconds, undefined, { signal }).catch(() => undefined)
    }
  }

  async #turn(name: string, handler: () => Promise<void>): Promise<void> {
    try {
      await handler()
    } catch (error) {
      this.#log.error({ job: name, error }, 'a regular job failed')
    }
  }
}
