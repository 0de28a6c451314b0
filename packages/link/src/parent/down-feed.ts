import type { DownStream } from '@haidang/contracts/link'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { OutgoingBatch } from '../boxes/box-record.ts'
import type { BoxStore } from '../boxes/box-store.ts'
import { downKey } from '../boxes/downbox.ts'
import type { Doorbell } from '../doorbell.ts'
import type { Peer } from '../peer.ts'

const longestWait = 25_000
/** Between looks when no bell rings: another process may have written. */
const look = 5000

/** Hands a child what waits for it: in order, at least once, until confirmed. */
export class DownFeed {
  readonly #database: Database
  readonly #boxes: BoxStore
  readonly #bell: Doorbell
  readonly #waiting = new Map<string, AbortController>()

  constructor(database: Database, boxes: BoxStore, bell: Doorbell) {
    this.#database = database
    this.#boxes = boxes
    this.#bell = bell
  }

  /**
   * What follows number `after`; waits up to `waitMs` (at most 25 s) for something to come, then gives
   * undefined. A second reader of the same stream of the same node ends the first.
   */
  async next(
    peer: Peer,
    stream: DownStream,
    after: number,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<OutgoingBatch | undefined> {
    const name = `${peer.node_id} ${stream}`
    this.#waiting.get(name)?.abort()
    const turn = new AbortController()
    this.#waiting.set(name, turn)
    const ended = AbortSignal.any([
      signal,
      turn.signal,
      AbortSignal.timeout(Math.min(waitMs, longestWait)),
    ])
    try {
      let batch = await this.#read(peer, stream, after)
      while (!batch && !ended.aborted) {
        await this.#bell.wait(look, ended)
        batch = await this.#read(peer, stream, after)
      }
      return batch
    } finally {
      if (this.#waiting.get(name) === turn) this.#waiting.delete(name)
    }
  }

  /** The child stores everything up to `stored`. Returns what is held as confirmed. */
  confirm(peer: Peer, stream: DownStream, stored: number): Promise<number> {
    const key = downKey(peer.node_id, stream)
    return this.#database.transact(systemScope, async (tx) => {
      await this.#boxes.open(tx, key)
      await this.#boxes.confirm(tx, key, stored)
      return (await this.#boxes.counters(tx, key))?.confirmed ?? 0
    })
  }

  /** A child that holds more than was ever numbered here saw an earlier life of this node. */
  #read(peer: Peer, stream: DownStream, after: number): Promise<OutgoingBatch | undefined> {
    const key = downKey(peer.node_id, stream)
    return this.#database.transact(systemScope, async (tx) => {
      await this.#boxes.renumber(tx, key, after)
      return this.#boxes.next(tx, key, after)
    })
  }
}
