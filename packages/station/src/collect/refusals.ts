import type { CollectorKind } from '@haidang/contracts/source'
import type { RefusalReason } from '@haidang/contracts/source-samples'
import type { Clock } from '@haidang/runtime/clock'

/** Somebody who was not let in. */
export interface Refusal {
  readonly collector: CollectorKind
  /** Network address. */
  readonly sender: string
  readonly reason: RefusalReason
  readonly times: number
  /** Words of the protocol, the last time; may be empty. */
  readonly detail: string
  /** Milliseconds since the epoch. */
  readonly lastAt: number
}

const mostKept = 256
const longestDetail = 120

/** Who was lately turned away at the door, and why: for a person whose sender does not come through. */
export class Refusals {
  readonly #clock: Clock
  readonly #kept = new Map<string, Refusal>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  note(collector: CollectorKind, sender: string, reason: RefusalReason, detail = ''): void {
    const key = `${collector} ${reason} ${sender}`
    const times = (this.#kept.get(key)?.times ?? 0) + 1
    this.#kept.delete(key)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest)
    const lastAt = this.#clock.now()
    const words = detail.slice(0, longestDetail)
    this.#kept.set(key, { collector, sender, reason, times, detail: words, lastAt })
  }

  /** Those of a way in since an instant (milliseconds since the epoch), the latest first. */
  since(collector: CollectorKind, instant: number): Refusal[] {
    return [...this.#kept.values()]
      .filter((each) => each.collector === collector && each.lastAt >= instant)
      .toReversed()
  }
}
