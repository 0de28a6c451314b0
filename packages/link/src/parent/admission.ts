import type { Clock } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'

const mostAtOnce = 64
const mostOfOneNode = 4
const joinsPerMinute = 30
const mostAddresses = 10_000

/** Bounds what senders may have under way, so that memory stays bounded whatever they do. */
export class Admission {
  readonly #clock: Clock
  readonly #underWay = new Map<string, number>()
  readonly #joins = new Map<string, { minute: number; count: number }>()
  #all = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs `work` as one of the few things a node may have under way. Throws Problem request.rate-limited. */
  async during<T>(nodeId: string, work: () => Promise<T>): Promise<T> {
    const own = this.#underWay.get(nodeId) ?? 0
    if (own >= mostOfOneNode || this.#all >= mostAtOnce) {
      throw new Problem('request.rate-limited', 'too many batches at once')
    }
    this.#underWay.set(nodeId, own + 1)
    this.#all++
    try {
      return await work()
    } finally {
      this.#leave(nodeId)
    }
  }

  /** Counts one knock at the join door by an address. Throws Problem request.rate-limited. */
  join(address: string): void {
    const minute = Math.floor(this.#clock.now() / 60_000)
    if (this.#joins.size >= mostAddresses) this.#joins.clear()
    const known = this.#joins.get(address)
    const count = known?.minute === minute ? known.count + 1 : 1
    this.#joins.set(address, { minute, count })
    if (count > joinsPerMinute) throw new Problem('request.rate-limited', 'too many join requests')
  }

  #leave(nodeId: string): void {
    const left = (this.#underWay.get(nodeId) ?? 1) - 1
    if (left === 0) this.#underWay.delete(nodeId)
    else this.#underWay.set(nodeId, left)
    this.#all--
  }
}
