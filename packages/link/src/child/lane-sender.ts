import { parseForeignJson } from '@haidang/contracts/json-nesting'
import { type UpStream, Watermark } from '@haidang/contracts/link'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import { meetAgain } from '../boxes/box-meeting.ts'
import type { OutgoingBatch } from '../boxes/box-record.ts'
import { type KeptUpStream, upKey } from '../boxes/outbox.ts'
import { compressed, pressed } from '../wire/compression.ts'
import { limits } from '../wire/limits.ts'
import type { ChildSideParts } from './child-parts.ts'
import type { ParentClient } from './parent-client.ts'
import { Refusal } from './refusal.ts'
import { TieStore } from './tie-store.ts'

/** What one batch took on the wire. */
export interface SentBatch {
  readonly records: number
  readonly bytes: number
}

/** Sends the batches of one kept stream in order, and lets go of what the parent confirms. */
export class LaneSender {
  readonly #parts: ChildSideParts
  readonly #client: ParentClient
  readonly #stream: KeptUpStream
  readonly #ties = new TieStore()
  #most: number = limits.sendRecords

  constructor(parts: ChildSideParts, client: ParentClient, stream: KeptUpStream) {
    this.#parts = parts
    this.#client = client
    this.#stream = stream
  }

  /** The next batch, of at most so many records; undefined when nothing waits. A batch refused is no error here. */
  async next(
    signal: AbortSignal,
    most: number = limits.sendRecords,
  ): Promise<SentBatch | undefined> {
    const { database, boxes } = this.#parts
    const key = upKey(this.#stream)
    const batch = await database.transact(systemScope, async (tx) => {
      const waiting = await boxes.next(tx, key, 0, Math.min(most, this.#most))
      // Asked after the records were read: what a new signing key signed was written when the tie was suspended
      // already, and the parent, which does not yet know that key, would refuse it for good.
      return (await this.#ties.get(tx))?.state === 'rekey' ? undefined : waiting
    })
    if (!batch) return undefined
    try {
      const { stored, bytes } = await sendBatch(this.#client, this.#stream, batch, signal)
      this.#most = Math.min(this.#most * 2, limits.sendRecords)
      await database.transact(systemScope, (tx) => boxes.confirm(tx, key, stored))
      return { records: batch.last - batch.first + 1, bytes }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await this.#refused(batch, error)
      return { records: 0, bytes: 0 }
    }
  }

  /** Compares numbers with the parent, which stores everything up to `stored`. */
  async agree(tx: Tx, stored: number): Promise<void> {
    const { boxes, log } = this.#parts
    const key = upKey(this.#stream)
    const stream = this.#stream
    await meetAgain(tx, key, stored)
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

  /** A hole is talked over; a batch the parent cannot read is halved until the one bad record is left. */
  async #refused(batch: OutgoingBatch, refusal: Refusal): Promise<void> {
    const { database, boxes, log } = this.#parts
    const stream = this.#stream
    if (refusal.code === 'link.hole' && refusal.expected !== undefined) {
      const stored = refusal.expected - 1
      return database.transact(systemScope, (tx) => this.agree(tx, stored))
    }
    if (!['link.batch-invalid', 'request.too-large'].includes(refusal.code)) throw refusal
    if (batch.lines.length > 1) {
      this.#most = Math.ceil(batch.lines.length / 2)
      return
    }
    log.warn({ stream, seq: batch.first, detail: refusal.message }, 'the parent refused a record')
    const reason = `refused by the parent: ${refusal.message}`
    await database.transact(systemScope, (tx) =>
      boxes.giveUp(tx, upKey(stream), batch.first, reason),
    )
  }
}

/** One batch on the wire; answers the watermark, and the bytes it took. */
export async function sendBatch(
  client: ParentClient,
  stream: UpStream,
  { first, last, lines }: OutgoingBatch,
  signal: AbortSignal,
): Promise<{ stored: number; bytes: number }> {
  const text = Buffer.from(`${lines.join('\n')}\n`)
  const isBulk = stream === 'events'
  const body = await (isBulk ? pressed(text) : compressed(text))
  const answer = await client.call({
    method: 'POST',
    path: `/link/v1/streams/${stream}?first=${first}&last=${last}`,
    headers: {
      'content-type': 'application/x-ndjson',
      'content-encoding': isBulk ? 'zstd' : 'gzip',
    },
    body,
    signal,
  })
  const { stored } = Watermark.parse(parseForeignJson(answer.body.toString('utf8')))
  return { stored, bytes: body.length }
}
