import { Session } from 'chdb'

/** One connection of the engine with the settings and parameters it holds at the moment. */
export interface EngineSession {
  readonly session: Session
  readonly settings: Map<string, string>
  readonly parameters: Set<string>
}

/** Waiting for a connection was refused because too many wait already (ClickHouse code 202). */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting'
}

const waitingLimit = 256

/**
 * A fixed number of connections to the one data directory. Each serves one statement at a time,
 * because settings and parameters belong to the connection.
 */
export class EngineSessions {
  readonly #idle: EngineSession[]
  readonly #all: readonly EngineSession[]
  readonly #waiting: ((session: EngineSession) => void)[] = []

  /** Opens `count` connections on `directory`; throws when another process holds it. */
  constructor(directory: string, count: number, engineArguments: readonly string[]) {
    this.#all = Array.from({ length: count }, () => ({
      session: new Session(directory, { connectionArgs: engineArguments }),
      settings: new Map<string, string>(),
      parameters: new Set<string>(),
    }))
    this.#idle = [...this.#all]
  }

  /** Runs `work` alone on a connection; first come, first served. */
  async use<T>(work: (session: EngineSession) => Promise<T>): Promise<T> {
    const session = this.#idle.pop() ?? (await this.#wait())
    try {
      return await work(session)
    } finally {
      const next = this.#waiting.shift()
      if (next) next(session)
      else this.#idle.push(session)
    }
  }

  close(): void {
    for (const { session } of this.#all) session.close()
  }

  #wait(): Promise<EngineSession> {
    if (this.#waiting.length >= waitingLimit)
      throw new TooManyWaiting(`more than ${waitingLimit} statements wait`)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
