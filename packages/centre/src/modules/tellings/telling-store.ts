import type { Tx } from '@haidang/runtime/database/database'
import { and, asc, eq, ne } from 'drizzle-orm'
import { type RoundRow, tellingRound } from './telling-tables.ts'

/** Rounds of telling, always inside a given transaction of the node. */
export class TellingStore {
  async add(tx: Tx, row: RoundRow): Promise<void> {
    await tx.insert(tellingRound).values(row).onConflictDoNothing()
  }

  /** The oldest round, nobody else's until the transaction ends. */
  async next(tx: Tx): Promise<RoundRow | undefined> {
    const [row] = await tx
      .select()
      .from(tellingRound)
      .orderBy(asc(tellingRound.begun_at), asc(tellingRound.entry_id))
      .limit(1)
      .for('update', { skipLocked: true })
    return row
  }

  async advance(tx: Tx, entryId: string, told_up_to: string): Promise<void> {
    await tx.update(tellingRound).set({ told_up_to }).where(eq(tellingRound.entry_id, entryId))
  }

  async remove(tx: Tx, entryId: string): Promise<void> {
    await tx.delete(tellingRound).where(eq(tellingRound.entry_id, entryId))
  }

  /** Ends the rounds of one thing but one. */
  async removeOthers(tx: Tx, subjectId: string, entryId: string): Promise<void> {
    await tx
      .delete(tellingRound)
      .where(and(eq(tellingRound.subject_id, subjectId), ne(tellingRound.entry_id, entryId)))
  }
}
