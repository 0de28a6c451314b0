import { Envelope, type UpStream } from '@haidang/contracts/link'
import type { LinkLane } from '@haidang/contracts/station'
import type { Tx } from '@haidang/runtime/database/database'
import type { EnvelopeStore } from '../envelopes/envelope-store.ts'
import { atMost, type BoxQuota } from './box-quota.ts'
import type { BoxKey } from './box-record.ts'
import type { BoxStore, MissingRecords } from './box-store.ts'

/** Streams kept until confirmed; of `health` only the newest matters, so none is kept. */
export type KeptUpStream = Exclude<UpStream, 'health'>
const keptUpStreams = [
  'alerts',
  'messages',
  'sightings',
  'events',
] as const satisfies KeptUpStream[]

/** How much may wait for the parent, by stream. */
export type OutboxQuotas = Readonly<Record<KeptUpStream, BoxQuota>>

/** Lanes of little weight are bounded in records; the bulk lane in bytes of disk. */
export const defaultQuotas: OutboxQuotas = {
  alerts: atMost(1_000_000),
  messages: atMost(100_000),
  events: { records: 4_000_000, bytes: 1024 ** 3, gives: 'oldest' },
  sightings: atMost(1_000_000),
}

/** Decides what of the records given to the link may leave, in the transaction that gives them. */
export interface ReleaseGate {
  released(tx: Tx, stream: KeptUpStream, records: readonly object[]): Promise<readonly object[]>
}

interface OutboxParts {
  readonly boxes: BoxStore
  readonly envelopes: EnvelopeStore
  /** Without one, everything leaves. */
  readonly release?: ReleaseGate | undefined
  readonly quotas?: OutboxQuotas | undefined
}

/** What this node has to say to its parent. */
export class Outbox {
  readonly #boxes: BoxStore
  readonly #envelopes: EnvelopeStore
  readonly #release: ReleaseGate | undefined
  readonly #quotas: OutboxQuotas

  constructor({ boxes, envelopes, release, quotas = defaultQuotas }: OutboxParts) {
    this.#boxes = boxes
    this.#envelopes = envelopes
    this.#release = release
    this.#quotas = quotas
  }

  /**
   * Keeps what may leave of records for the parent, in the caller's transaction. Does nothing while the
   * node has no parent. What exceeds the quota of the stream gives way to a gap record.
   */
  async append(tx: Tx, stream: KeptUpStream, records: readonly object[]): Promise<void> {
    const key = upKey(stream)
    if (!(await this.#boxes.counters(tx, key))) return
    const released = this.#release ? await this.#release.released(tx, stream, records) : records
    const lines = released.map((record) => JSON.stringify(record))
    await this.#boxes.append(tx, key, lines, this.#quotas[stream])
    if (stream === 'messages') {
      for (const record of released) await this.#envelopes.sent(tx, '', Envelope.parse(record))
    }
  }

  /** Tells the parent of records that gave way before they were given here. */
  async miss(tx: Tx, stream: KeptUpStream, missing: MissingRecords): Promise<void> {
    await this.#boxes.appendGap(tx, upKey(stream), missing)
  }

  /** Bytes that wait on a stream, and its quota; undefined while the node has no parent. */
  async room(
    tx: Tx,
    stream: KeptUpStream,
  ): Promise<{ bytes: number; waiting: number; quota: BoxQuota } | undefined> {
    const box = await this.#boxes.counters(tx, upKey(stream))
    return box && { bytes: box.bytes, waiting: box.waiting, quota: this.#quotas[stream] }
  }

  /** What waits on each kept stream, and what may; most urgent first. */
  async lanes(tx: Tx): Promise<LinkLane[]> {
    const boxes = await this.#boxes.lanes(tx, 'up', '')
    return keptUpStreams.flatMap((stream) => {
      const box = boxes.find((each) => each.stream === stream)
      if (!box) return []
      const { waiting, bytes, dropped, oldest_at } = box
      const { records, bytes: most_bytes, gives } = this.#quotas[stream]
      return [
        { stream, waiting, bytes, oldest_at, most_records: records, most_bytes, gives, dropped },
      ]
    })
  }
}

export function upKey(stream: UpStream): BoxKey {
  return { direction: 'up', node_id: '', stream }
}
