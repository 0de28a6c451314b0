import type { DownStream } from '@haidang/contracts/link'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { giveAgain, meetAgain } from '../boxes/box-meeting.ts'
import type { BoxKey, OutgoingBatch } from '../boxes/box-record.ts'
import type { BoxCounters, BoxStore } from '../boxes/box-store.ts'
import { downKey } from '../boxes/downbox.ts'
import type { Peer } from '../peer.ts'
import type { DownWatch } from './down-watch.ts'

const longestWait = 25_000

interface Read {
  readonly batch: OutgoingBatch | undefined
  /** Number of the last record the box had; 0 without a box. */
  readonly last: number
}

/** Hands a child what waits for it: in order, at least once, until confirmed. */
export class DownFeed {
  readonly #database: Database
  readonly #boxes: BoxStore
  readonly #watch: DownWatch
  readonly #clock: Clock
  readonly #waiting = new Map<string, AbortController>()

  constructor(database: Database, boxes: BoxStore, watch: DownWatch, clock: Clock) {
    this.#database = database
    this.#boxes = boxes
    this.#watch = watch
    this.#clock = clock
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
      for (let isFirst = true; ; isFirst = false) {
        const { looks } = this.#watch
        const { batch, last } = await this.#read(peer, stream, after, isFirst)
        if (batch || ended.aborted) return batch
        await this.#watch.until(downKey(peer.node_id, stream), last, looks, ended)
        if (ended.aborted) return undefined
      }
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

  /** Either side may have been restored since they last met: looked at as a question is new. */
  #read(peer: Peer, stream: DownStream, after: number, isNew: boolean): Promise<Read> {
    const key = downKey(peer.node_id, stream)
    return this.#database.transact(systemScope, async (tx) => {
      let box = await this.#boxes.counters(tx, key)
      if (isNew && box && (await this.#meets(tx, key, box, after))) {
        box = await this.#boxes.counters(tx, key)
      }
      const last = box?.last ?? 0
      if (last === after) return { batch: undefined, last }
      // A child that holds more than was ever numbered here saw an earlier life of this node.
      if (after > last) await this.#boxes.renumber(tx, key, after)
      return { batch: await this.#boxes.next(tx, key, after), last }
    })
  }

  /** Whether the numbers of the box were changed to what the child holds. */
  async #meets(tx: Tx, key: BoxKey, box: BoxCounters, after: number): Promise<boolean> {
    if (box.restored) await meetAgain(tx, key, after)
    else if (after < box.confirmed && key.stream === 'messages')
      await giveAgain(tx, key, after, this.#clock)
    else return false
    return true
  }
}
