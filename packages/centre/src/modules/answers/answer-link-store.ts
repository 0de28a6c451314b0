import type { Tx } from '@haidang/runtime/database/database'
import { eq, lt } from 'drizzle-orm'
import { type AnswerLinkRow, answerLink } from './answer-link-tables.ts'

/** Rows of links, always inside a given transaction and so inside its scope. */
export class AnswerLinkStore {
  async add(tx: Tx, row: AnswerLinkRow): Promise<void> {
    await tx.insert(answerLink).values(row)
  }

  async ofToken(tx: Tx, tokenHash: string): Promise<AnswerLinkRow | undefined> {
    const [row] = await tx.select().from(answerLink).where(eq(answerLink.token_hash, tokenHash))
    return row
  }

  /** Nobody else answers by it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<AnswerLinkRow | undefined> {
    const [row] = await tx.select().from(answerLink).where(eq(answerLink.id, id)).for('update')
    return row
  }

  async change(tx: Tx, id: string, change: Partial<AnswerLinkRow>): Promise<void> {
    await tx.update(answerLink).set(change).where(eq(answerLink.id, id))
  }

  /** Removes those that ended before a time; the proof stays with the answer. */
  async removeBefore(tx: Tx, time: string): Promise<void> {
    await tx.delete(answerLink).where(lt(answerLink.expires_at, time))
  }
}
