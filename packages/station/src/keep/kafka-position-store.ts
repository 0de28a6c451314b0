import type { Tx } from '@haidang/runtime/database/database'
import { and, eq } from 'drizzle-orm'
import { kafkaPosition } from './station-tables.ts'

/** How far one partition is read. */
export interface KafkaPosition {
  /** Identity of cluster and topic. */
  readonly log: string
  readonly topic: string
  readonly partition: number
  /** Everything below is in the spool. */
  readonly next: number
  /** Counts up when the offsets of the same log began anew. */
  readonly incarnation: number
}

/** Positions in partitions: one row each, however many records come. */
export class KafkaPositionStore {
  async of(
    tx: Tx,
    sourceId: string,
    log: string,
    partition: number,
  ): Promise<KafkaPosition | undefined> {
    const [row] = await tx
      .select()
      .from(kafkaPosition)
      .where(
        and(
          eq(kafkaPosition.source_id, sourceId),
          eq(kafkaPosition.log, log),
          eq(kafkaPosition.partition, partition),
        ),
      )
    if (!row) return undefined
    return { log, partition, topic: row.topic, next: row.next_offset, incarnation: row.incarnation }
  }

  async moveTo(tx: Tx, sourceId: string, position: KafkaPosition, now: string): Promise<void> {
    const { log, topic, partition, next, incarnation } = position
    const set = { next_offset: next, incarnation, seen_at: now }
    await tx
      .insert(kafkaPosition)
      .values({ source_id: sourceId, log, topic, partition, ...set })
      .onConflictDoUpdate({
        target: [kafkaPosition.source_id, kafkaPosition.log, kafkaPosition.partition],
        set,
      })
  }
}
