import type { Heartbeat } from '@haidang/contracts/station'
import { systemScope } from '@haidang/runtime/database/database'
import { z } from 'zod'
import { upKey } from '../boxes/outbox.ts'
import type { ChildHandlers, ChildSideParts, HeartbeatDraft } from './child-parts.ts'
import { LaneSender, sendBatch } from './lane-sender.ts'
import type { ParentClient } from './parent-client.ts'

const Watermarks = z.record(z.string(), z.int().min(0))
/** Highest lane first; each pass sends at most one batch of each, so that none starves another. */
const lanes = ['alerts', 'messages'] as const
/** Streams whose numbers are compared; the bulk lane sends by itself. */
const numbered = [...lanes, 'events'] as const
/** Seconds. */
const usualBeat = 30

/** Sends what waits for the parent, lane by lane, and the heartbeat before all. */
export class UpLanes {
  readonly #parts: ChildSideParts
  readonly #client: ParentClient
  readonly #handlers: ChildHandlers
  readonly #senders: readonly LaneSender[]
  #beatenAt: number | undefined
  #reported = 0

  constructor(parts: ChildSideParts, client: ParentClient, handlers: ChildHandlers) {
    this.#parts = parts
    this.#client = client
    this.#handlers = handlers
    this.#senders = lanes.map((stream) => new LaneSender(parts, client, stream))
  }

  /** Compares numbers with the parent, so that a restored side neither repeats nor hides anything. */
  async agree(): Promise<void> {
    const { boxes, database } = this.#parts
    const call = { method: 'GET', path: '/link/v1/watermarks' } as const
    const watermarks = Watermarks.parse(await this.#client.json(call))
    await database.transact(systemScope, async (tx) => {
      for (const stream of numbered) {
        const sender = new LaneSender(this.#parts, this.#client, stream)
        await sender.agree(tx, watermarks[stream] ?? 0)
      }
      await boxes.moveTo(tx, upKey('health'), watermarks['health'] ?? 0)
    })
  }

  /** One round: heartbeat if due, then a batch of each lane. Returns whether more may wait. */
  async pass(signal: AbortSignal): Promise<boolean> {
    if (this.#isDue) await this.#heartbeat(signal)
    let sent = false
    for (const sender of this.#senders) sent = (await sender.next(signal)) !== undefined || sent
    // Nothing left after a backlog: the parent may close the silence it opened.
    if (!sent && this.#reported > 0 && (await this.#isEmpty())) await this.#heartbeat(signal)
    return sent
  }

  #isEmpty(): Promise<boolean> {
    const { database, boxes } = this.#parts
    return database.transact(systemScope, async (tx) => (await boxes.waiting(tx, 'up')) === 0)
  }

  /** Asked anew at every pass: a rhythm that is changed holds from then on, not after the beat it replaces. */
  get #isDue(): boolean {
    const { clock, heartbeatSeconds } = this.#parts
    if (this.#beatenAt === undefined) return true
    return clock.monotonic() >= this.#beatenAt + (heartbeatSeconds?.() ?? usualBeat) * 1000
  }

  async #heartbeat(signal: AbortSignal): Promise<void> {
    const { database, boxes, clock } = this.#parts
    this.#beatenAt = clock.monotonic()
    const draft = await this.#draft()
    if (!draft) return
    const [first, link_records] = await database.transact(systemScope, async (tx) => [
      await boxes.number(tx, upKey('health')),
      await boxes.waiting(tx, 'up'),
    ])
    const heartbeat: Heartbeat = {
      ...draft,
      sent_at: clock.iso(),
      queue: { ...draft.queue, link_records },
      clock_offset_ms: this.#client.clockOffset,
    }
    const batch = { first, last: first, lines: [JSON.stringify(heartbeat)] }
    const { stored } = await sendBatch(this.#client, 'health', batch, signal)
    await database.transact(systemScope, (tx) => boxes.moveTo(tx, upKey('health'), stored))
    this.#reported = link_records
  }

  /** A node that cannot take its own pulse still sends its alerts; the parent will call it silent. */
  async #draft(): Promise<HeartbeatDraft | undefined> {
    try {
      return await this.#handlers.heartbeat()
    } catch (error) {
      this.#parts.log.error({ error }, 'the heartbeat could not be made')
      return undefined
    }
  }
}
