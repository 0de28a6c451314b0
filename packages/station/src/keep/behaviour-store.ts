import type { Tx } from '@haidang/runtime/database/database'
import type { SpoolPosition } from '@haidang/runtime/spool/spool'
import { asc } from 'drizzle-orm'
import { behaviourRange, behaviourSnapshot } from './behaviour-tables.ts'

/** What has to be kept of one range: its observations, or everything there is to remember at its end. */
export type BehaviourStep =
  | { readonly kind: 'observations'; readonly body: Uint8Array }
  | { readonly kind: 'snapshot'; readonly body: Uint8Array }

const name = 'behaviour'

/** The memory of behaviour detection: a snapshot, and the ranges since. Moves with the checkpoint. */
export class BehaviourStore {
  async keep(
    tx: Tx,
    { segment, offset }: SpoolPosition,
    { kind, body }: BehaviourStep,
  ): Promise<void> {
    if (kind === 'observations') {
      await tx.insert(behaviourRange).values({ segment, offset, body })
      return
    }
    await tx
      .insert(behaviourSnapshot)
      .values({ name, body })
      .onConflictDoUpdate({ target: behaviourSnapshot.name, set: { body } })
    await tx.delete(behaviourRange)
  }

  /** Everything kept, the ranges in their order. */
  async read(tx: Tx): Promise<{ snapshot: Uint8Array | undefined; ranges: Uint8Array[] }> {
    const [row] = await tx.select().from(behaviourSnapshot)
    const ranges = await tx
      .select({ body: behaviourRange.body })
      .from(behaviourRange)
      .orderBy(asc(behaviourRange.segment), asc(behaviourRange.offset))
    return { snapshot: row?.body, ranges: ranges.map(({ body }) => body) }
  }
}
