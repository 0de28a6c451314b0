import type { Tx } from '@haidang/runtime/database/database'
import type { SpoolPosition } from '@haidang/runtime/spool/spool'
import { asc, eq } from 'drizzle-orm'
import { detectionRange, detectionSnapshot } from './memory-tables.ts'

/** What has to be kept of one range: its observations, or everything there is to remember at its end. */
export interface MemoryStep {
  readonly kind: 'observations' | 'snapshot'
  readonly body: Uint8Array
}

/** Everything kept, the ranges in their order. */
export interface KeptMemory {
  readonly snapshot: Uint8Array | undefined
  readonly ranges: readonly Uint8Array[]
}

/** The memory of each kind of detection: a snapshot, and the ranges since. Moves with the checkpoint. */
export class MemoryStore {
  async keep(
    tx: Tx,
    name: string,
    { segment, offset }: SpoolPosition,
    { kind, body }: MemoryStep,
  ): Promise<void> {
    if (kind === 'observations') {
      await tx.insert(detectionRange).values({ name, segment, offset, body })
      return
    }
    await tx
      .insert(detectionSnapshot)
      .values({ name, body })
      .onConflictDoUpdate({ target: detectionSnapshot.name, set: { body } })
    await tx.delete(detectionRange).where(eq(detectionRange.name, name))
  }

  async read(tx: Tx, name: string): Promise<KeptMemory> {
    const [row] = await tx.select().from(detectionSnapshot).where(eq(detectionSnapshot.name, name))
    const ranges = await tx
      .select({ body: detectionRange.body })
      .from(detectionRange)
      .where(eq(detectionRange.name, name))
      .orderBy(asc(detectionRange.segment), asc(detectionRange.offset))
    return { snapshot: row?.body, ranges: ranges.map(({ body }) => body) }
  }
}
