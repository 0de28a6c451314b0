import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { BoxKey } from '../boxes/box-record.ts'
import type { BoxStore } from '../boxes/box-store.ts'
import type { Doorbell } from '../doorbell.ts'

/** Between looks when no bell rings: another process may have written. */
const lookEvery = 5000

interface Waiting {
  readonly name: string
  /** Number of the last record its box had when it was read. */
  readonly last: number
  readonly wake: () => void
}

/** Tells long polls that something came for them, with one look into the database for all of them together. */
export class DownWatch {
  readonly #database: Database
  readonly #boxes: BoxStore
  readonly #bell: Doorbell
  readonly #waiting = new Set<Waiting>()
  #looks = 0
  #looking = false
  /** Aborted when nobody waits any more. */
  #deserted = new AbortController()

  constructor(database: Database, boxes: BoxStore, bell: Doorbell) {
    this.#database = database
    this.#boxes = boxes
    this.#bell = bell
  }

  /** How many looks have begun: to be asked for before the box is read. */
  get looks(): number {
    return this.#looks
  }

  /**
   * Resolves when the box has records beyond `last`, may have had one since look number `looks`, a look failed, or
   * `signal` aborts.
   */
  until(key: BoxKey, last: number, looks: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || looks !== this.#looks) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(one)
        if (this.#waiting.size === 0) this.#deserted.abort()
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const one: Waiting = { name: nameOf(key), last, wake }
      this.#waiting.add(one)
      signal.addEventListener('abort', wake)
      if (!this.#looking) void this.#watch()
    })
  }

  /** Runs as long as anybody waits. */
  async #watch(): Promise<void> {
    this.#looking = true
    while (this.#waiting.size > 0) {
      this.#deserted = new AbortController()
      await this.#bell.wait(lookEvery, this.#deserted.signal)
      this.#looks++
      await this.#look()
    }
    this.#looking = false
  }

  async #look(): Promise<void> {
    const waiting = [...this.#waiting]
    if (waiting.length === 0) return
    try {
      const boxes = await this.#database.transact(systemScope, (tx) =>
        this.#boxes.unconfirmed(tx, 'down'),
      )
      const lasts = new Map(boxes.map((box) => [nameOf(box), box.last]))
      for (const { name, last, wake } of waiting) if ((lasts.get(name) ?? 0) > last) wake()
    } catch {
      // Whoever waits reads for itself and says what is wrong.
      for (const { wake } of waiting) wake()
    }
  }
}

function nameOf({ node_id, stream }: Pick<BoxKey, 'node_id' | 'stream'>): string {
  return `${node_id} ${stream}`
}
