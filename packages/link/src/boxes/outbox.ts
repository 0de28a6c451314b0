import { Envelope, type UpStream } from '@haidang/contracts/link'
import type { Tx } from '@haidang/runtime/database/database'
import type { EnvelopeStore } from '../envelopes/envelope-store.ts'
import type { BoxKey } from './box-record.ts'
import type { BoxStore } from './box-store.ts'

/** Streams kept until confirmed; of `health` only the newest matters, so none is kept. */
export type KeptUpStream = Exclude<UpStream, 'health'>

/** How many records may wait for the parent, by stream. */
export type OutboxBounds = Readonly<Record<KeptUpStream, number>>

export const defaultBounds: OutboxBounds = {
  alerts: 1_000_000,
  messages: 100_000,
  events: 1_000_000,
  sightings: 1_000_000,
}

/** What this node has to say to its parent. */
export class Outbox {
  readonly #boxes: BoxStore
  readonly #envelopes: EnvelopeStore
  readonly #bounds: OutboxBounds

  constructor(boxes: BoxStore, envelopes: EnvelopeStore, bounds: OutboxBounds = defaultBounds) {
    this.#boxes = boxes
    this.#envelopes = envelopes
    this.#bounds = bounds
  }

  /**
   * Keeps records for the parent in the caller's transaction. Does nothing while the node has no parent.
   * What exceeds the bound of the stream replaces the oldest, which a gap record then accounts for.
   */
  async append(tx: Tx, stream: KeptUpStream, records: readonly object[]): Promise<void> {
    const key = upKey(stream)
    if (!(await this.#boxes.counters(tx, key))) return
    const lines = records.map((record) => JSON.stringify(record))
    await this.#boxes.append(tx, key, lines, this.#bounds[stream])
    if (stream === 'messages') {
      for (const record of records) await this.#envelopes.sent(tx, '', Envelope.parse(record))
    }
  }
}

export function upKey(stream: UpStream): BoxKey {
  return { direction: 'up', node_id: '', stream }
}
