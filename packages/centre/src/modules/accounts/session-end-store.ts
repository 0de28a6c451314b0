import { createHash } from 'node:crypto'
import type { SessionEnd, SessionEndReason } from '@haidang/contracts/session-end'
import { isoOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { eq, lt, sql } from 'drizzle-orm'
import { sessionEnd } from './account-tables.ts'

/** Why sessions ended; a trigger writes it down. Needs the scope of the node. */
export class SessionEndStore {
  /** The reason of one that had this token. */
  async of(tx: Tx, token: string): Promise<SessionEnd | undefined> {
    const token_hash = createHash('sha256').update(token).digest('hex')
    const [row] = await tx.select().from(sessionEnd).where(eq(sessionEnd.token_hash, token_hash))
    return row && { reason: row.reason, ended_at: isoOf(row.endedAt.getTime()) }
  }

  /** No browser keeps the cookie of a session longer than this. */
  async forgetOld(tx: Tx): Promise<void> {
    await tx.delete(sessionEnd).where(lt(sessionEnd.endedAt, sql`now() - interval '31 days'`))
  }
}

/** Says why the sessions end that the rest of this transaction ends. */
export async function endingBecause(tx: Tx, reason: SessionEndReason): Promise<void> {
  await tx.execute(sql`select set_config('haidang.session_end', ${reason}, true)`)
}
