import { parseForeignJson } from '@haidang/contracts/json-nesting'
import { type UpStream, Watermark } from '@haidang/contracts/link'
import type { Heartbeat } from '@haidang/contracts/station'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import { z } from 'zod'
import type { OutgoingBatch } from '../boxes/box-record.ts'
import { type KeptUpStream, upKey } from '../boxes/outbox.ts'
import { compressed } from '../wire/compression.ts'
import { limits } from '../wire/limits.ts'
import type { ChildHandlers, ChildSideParts, HeartbeatDraft } from './child-parts.ts'
import type { ParentClient } from './parent-client.ts'
import { Refusal } from './refusal.ts'

const Watermarks = z.record(z.string(), z.int().min(0))
/** Highest lane first; each pass sends at most one batch of each, so that none starves another. */
const lanes = ['alerts', 'messages'] as const satisfies KeptUpStream[]
/** Seconds. */
const usualBeat = 30

/** Sends what waits for the parent, lane by lane, and the heartbeat before all. */
export class UpLanes {
  readonly #parts: ChildSideParts
  readonly #client: ParentClient
  readonly #handlers: ChildHandlers
  readonly #most = new Map<KeptUpStream, number>()
  #beatAt = 0
  #reported = 0

  constructor(parts: ChildSideParts, client: ParentClient, handlers: ChildHandlers) {
    this.#parts = parts
    this.#client = client
    this.#handlers = handlers
    this.#beatAt = parts.clock.monotonic()
  }

  /** Compares numbers with the parent, so that a restored side neither repeats nor hides anything. */
  async agree(): Promise<void> {
    const { boxes, database } = this.#parts
    const call = { method: 'GET', path: '/link/v1/watermarks' } as const
    const watermarks = Watermarks.parse(await this.#client.json(call))
    await database.transact(systemScope, async (tx) => {
      for (const stream of lanes) await this.#agreeOn(tx, stream, watermarks[stream] ?? 0)
      await boxes.moveTo(tx, upKey('health'), watermarks['health'] ?? 0)
    })
  }

  /** One round: heartbeat if due, then a batch of each lane. Returns whether more may wait. */
  async pass(signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#parts
    if (clock.monotonic() >= this.#beatAt) await this.#heartbeat(signal)
    let sent = false
    for (const lane of lanes) sent = (await this.#lane(lane, signal)) || sent
    // Nothing left after a backlog: the parent may close the silence it opened.
    if (!sent && this.#reported > 0) await this.#heartbeat(signal)
    return sent
  }

  async #heartbeat(signal: AbortSignal): Promise<void> {
    const { database, boxes, clock, heartbeatSeconds = usualBeat } = this.#parts
    this.#beatAt = clock.monotonic() + heartbeatSeconds * 1000
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
    const lines = [JSON.stringify(heartbeat)]
    const stored = await this.#send('health', { first, last: first, lines }, signal)
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

  async #lane(stream: KeptUpStream, signal: AbortSignal): Promise<boolean> {
    const { database, boxes } = this.#parts
    const most = this.#most.get(stream) ?? limits.sendRecords
    const batch = await database.transact(systemScope, (tx) =>
      boxes.next(tx, upKey(stream), 0, most),
    )
    if (!batch) return false
    try {
      const stored = await this.#send(stream, batch, signal)
      this.#most.set(stream, Math.min(most * 2, limits.sendRecords))
      await database.transact(systemScope, (tx) => boxes.confirm(tx, upKey(stream), stored))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await this.#refused(stream, batch, error)
    }
    return true
  }

  async #send(stream: UpStream, batch: OutgoingBatch, signal: AbortSignal): Promise<number> {
    const { first, last, lines } = batch
    const answer = await this.#client.call({
      method: 'POST',
      path: `/link/v1/streams/${stream}?first=${first}&last=${last}`,
      headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
      body: await compressed(Buffer.from(`${lines.join('\n')}\n`)),
      signal,
    })
    return Watermark.parse(parseForeignJson(answer.body.toString('utf8'))).stored
  }

  /** A hole is talked over; a batch the parent cannot read is halved until the one bad record is left. */
  async #refused(stream: KeptUpStream, batch: OutgoingBatch, refusal: Refusal): Promise<void> {
    const { database, boxes, log } = this.#parts
    if (refusal.code === 'link.hole') return this.agree()
    if (!['link.batch-invalid', 'request.too-large'].includes(refusal.code)) throw refusal
    if (batch.lines.length > 1) {
      this.#most.set(stream, Math.ceil(batch.lines.length / 2))
      return
    }
    log.warn({ stream, seq: batch.first, detail: refusal.message }, 'the parent refused a record')
    const reason = `refused by the parent: ${refusal.message}`
    await database.transact(systemScope, (tx) =>
      boxes.giveUp(tx, upKey(stream), batch.first, reason),
    )
  }

  async #agreeOn(tx: Tx, stream: KeptUpStream, stored: number): Promise<void> {
    const { boxes, log } = this.#parts
    const key = upKey(stream)
    const own = await boxes.counters(tx, key)
    if (!own) return
    if (stored > own.last) {
      log.warn(
        { stream, stored, last: own.last },
        'the parent holds more than was sent: numbering anew',
      )
      await boxes.renumber(tx, key, stored)
    } else if (stored < own.confirmed) {
      log.warn(
        { stream, stored, confirmed: own.confirmed },
        'the parent lost what it had confirmed',
      )
      await boxes.reopen(tx, key, stored + 1, 'the parent lost what it had confirmed')
    } else await boxes.confirm(tx, key, stored)
  }
}
