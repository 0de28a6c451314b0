import { systemScope } from '@haidang/runtime/database/database'
import { upKey } from '../boxes/outbox.ts'
import { limits } from '../wire/limits.ts'
import type { BulkHandlers, ChildSideParts } from './child-parts.ts'
import { LaneSender } from './lane-sender.ts'
import type { ParentClient } from './parent-client.ts'
import { Refusal } from './refusal.ts'

/** Milliseconds. */
const idle = 500
const yielding = 100
const resting = 1000
/** Of one record, compressed, before any was sent. */
const firstGuess = 300

/**
 * Sends stream `events` beside the other lanes and yields to them: not while an alert or message waits, not
 * in quiet hours, and no faster than the budget.
 */
export class BulkLane {
  readonly #parts: ChildSideParts
  readonly #handlers: BulkHandlers
  readonly #sender: LaneSender
  #notBefore = 0
  #bytesEach = firstGuess

  constructor(parts: ChildSideParts, client: ParentClient, handlers: BulkHandlers) {
    this.#parts = parts
    this.#handlers = handlers
    this.#sender = new LaneSender(parts, client, 'events')
  }

  /** One turn: sends a batch if it may. Returns the milliseconds to wait before the next. */
  async turn(signal: AbortSignal): Promise<number> {
    const { clock } = this.#parts
    const early = this.#notBefore - clock.monotonic()
    if (early > 0) return early
    const limit = await this.#handlers.limits()
    if (limit.resting) return resting
    if (await this.#othersWait()) return yielding
    const rate = limit.bytes_per_second
    // About a second's worth at once, so that an alert never waits long behind it on a narrow line.
    const most =
      rate === null ? limits.sendRecords : Math.max(1, Math.floor(rate / this.#bytesEach))
    try {
      const sent = await this.#sender.next(signal, Math.min(most, limits.sendRecords))
      if (!sent) return idle
      this.#sent(sent.records, sent.bytes, rate)
      return Math.max(0, this.#notBefore - clock.monotonic())
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 429) throw error
      return (error.retryAfter ?? 1) * 1000
    }
  }

  #sent(records: number, bytes: number, rate: number | null): void {
    if (records === 0) return
    this.#bytesEach = Math.max(1, bytes / records)
    this.#notBefore = this.#parts.clock.monotonic() + (rate === null ? 0 : (bytes / rate) * 1000)
    this.#handlers.sent(records, bytes)
  }

  #othersWait(): Promise<boolean> {
    const { database, boxes } = this.#parts
    return database.transact(systemScope, async (tx) => {
      for (const stream of ['alerts', 'messages'] as const) {
        if (((await boxes.counters(tx, upKey(stream)))?.waiting ?? 0) > 0) return true
      }
      return false
    })
  }
}
