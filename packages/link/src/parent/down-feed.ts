import type { DownStream } from '@haidang/contracts/link'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { giveAgain, meetAgain } from '../boxes/box-meeting.ts'
import type { OutgoingBatch } from '../boxes/box-record.ts'
import type { BoxStore } from '../boxes/box-store.ts'
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
      await this.#meet(peer, stream, after)
      while (true) {
        const { looks } = this.#watch
        const { batch, last } = await this.#read(peer, stream, after)
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

  /** Either side may have been restored from a backup since they last met. */
  #meet(peer: Peer, stream: DownStream, after: number): Promise<void> {
    const key = downKey(peer.node_id, stream)
    return this.#database.transact(systemScope, async (tx) => {
      const box = await this.#boxes.counters(tx, key)
      if (box?.restored) await meetAgain(tx, key, after)
      else if (box && after < box.confirmed && stream === 'messages')
        await giveAgain(tx, key, after, this.#clock)
    })
  }

  /** A child that holds more than was ever numbered here saw an earlier life of this node. */
  #read(peer: Peer, stream: DownStream, after: number): Promise<Read> {
    const key = downKey(peer.node_id, stream)
    return this.#database.transact(systemScope, async (tx) => {
      const { last = 0 } = (await this.#boxes.counters(tx, key)) ?? {}
      if (last === after) return { batch: undefined, last }
      if (after > last) await this.#boxes.renumber(tx, key, after)
      return { batch: await this.#boxes.next(tx, key, after), last }
    })
  }
}
