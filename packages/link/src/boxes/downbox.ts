import { type DownStream, Envelope } from '@haidang/contracts/link'
import type { Tx } from '@haidang/runtime/database/database'
import type { EnvelopeStore } from '../envelopes/envelope-store.ts'
import { atMost } from './box-quota.ts'
import type { BoxKey } from './box-record.ts'
import type { BoxStore } from './box-store.ts'

const quota = atMost(100_000)

/** What this node has to say to each of the nodes below it. */
export class Downbox {
  readonly #boxes: BoxStore
  readonly #envelopes: EnvelopeStore

  constructor(boxes: BoxStore, envelopes: EnvelopeStore) {
    this.#boxes = boxes
    this.#envelopes = envelopes
  }

  /** Keeps records for a child in the caller's transaction, until the child confirms that it stored them. */
  async append(
    tx: Tx,
    nodeId: string,
    stream: DownStream,
    records: readonly object[],
  ): Promise<void> {
    const key = downKey(nodeId, stream)
    await this.#boxes.open(tx, key)
    const lines = records.map((record) => JSON.stringify(record))
    await this.#boxes.append(tx, key, lines, quota)
    if (stream === 'messages') {
      for (const record of records) await this.#envelopes.sent(tx, nodeId, Envelope.parse(record))
    }
  }
}

export function downKey(nodeId: string, stream: DownStream): BoxKey {
  return { direction: 'down', node_id: nodeId, stream }
}
