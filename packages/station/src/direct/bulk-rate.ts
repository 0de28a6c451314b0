import type { Clock } from '@haidang/runtime/clock'

const seconds = 60

/** What the bulk lane sent in the last minute, second by second. */
export class BulkRate {
  readonly #clock: Clock
  readonly #slots = new Map<number, { records: number; bytes: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(records: number, bytes: number): void {
    const second = this.#second()
    const slot = this.#slots.get(second) ?? { records: 0, bytes: 0 }
    this.#slots.set(second, { records: slot.records + records, bytes: slot.bytes + bytes })
    for (const old of this.#slots.keys()) if (old <= second - seconds) this.#slots.delete(old)
  }

  /** Records and bytes a second, on average over the last minute. */
  perSecond(): { rate: number; bytes_per_second: number } {
    const since = this.#second() - seconds
    const slots = [...this.#slots].filter(([second]) => second > since).map(([, slot]) => slot)
    const records = slots.reduce((sum, slot) => sum + slot.records, 0)
    const bytes = slots.reduce((sum, slot) => sum + slot.bytes, 0)
    return { rate: records / seconds, bytes_per_second: Math.round(bytes / seconds) }
  }

  #second(): number {
    return Math.floor(this.#clock.monotonic() / 1000)
  }
}
