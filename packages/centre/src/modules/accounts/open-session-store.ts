import type { SessionFactor, SessionShown } from '@haidang/contracts/factor'
import type { SessionEndReason } from '@haidang/contracts/session-end'
import { isoOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { session } from './account-tables.ts'
import { endingBecause } from './session-end-store.ts'

/** How long a session has been open and unused, in seconds, and how it was opened. */
export interface Standing {
  readonly factor: SessionFactor
  readonly age: number
  readonly idle: number
}

const secondsSince = (column: AnyPgColumn): SQL<number> =>
  sql<number>`extract(epoch from now() - ${column})::float8`

/** Open sessions beyond what better-auth knows of them; needs the scope of the node. Times are the database's own. */
export class OpenSessionStore {
  async standing(tx: Tx, id: string): Promise<Standing | undefined> {
    const [row] = await tx
      .select({
        factor: session.factor,
        age: secondsSince(session.createdAt),
        idle: secondsSince(session.lastUsedAt),
      })
      .from(session)
      .where(eq(session.id, id))
    return row
  }

  async noteUse(tx: Tx, id: string): Promise<void> {
    await tx.update(session).set({ lastUsedAt: sql`now()` }).where(eq(session.id, id))
  }

  async mark(tx: Tx, id: string, factor: SessionFactor): Promise<void> {
    await tx.update(session).set({ factor }).where(eq(session.id, id))
  }

  /** The same for a session that has just been opened. */
  async markOpened(tx: Tx, token: string, factor: SessionFactor): Promise<void> {
    await tx.update(session).set({ factor }).where(eq(session.token, token))
  }

  /** Takes back a session that was opened before everything was known. */
  async endOpened(tx: Tx, token: string): Promise<void> {
    await tx.delete(session).where(eq(session.token, token))
  }

  /** Newest use first; `current` is the one that asks. */
  async list(tx: Tx, personId: string, current: string | null): Promise<SessionShown[]> {
    const rows = await tx
      .select()
      .from(session)
      .where(and(eq(session.userId, personId), sql`${session.expiresAt} > now()`))
      .orderBy(desc(session.lastUsedAt), session.id)
      .limit(200)
    return rows.map((row) => ({
      id: row.id,
      current: row.id === current,
      factor: row.factor,
      address: row.ipAddress,
      user_agent: row.userAgent,
      created_at: isoOf(row.createdAt.getTime()),
      last_used_at: isoOf(row.lastUsedAt.getTime()),
    }))
  }

  /** How many ended. */
  end(tx: Tx, personId: string, id: string, why: SessionEndReason): Promise<number> {
    return this.#end(tx, and(eq(session.userId, personId), eq(session.id, id)), why)
  }

  endOthers(tx: Tx, personId: string, id: string, why: SessionEndReason): Promise<number> {
    return this.#end(tx, and(eq(session.userId, personId), ne(session.id, id)), why)
  }

  endAll(tx: Tx, personId: string, why: SessionEndReason): Promise<number> {
    return this.#end(tx, eq(session.userId, personId), why)
  }

  async #end(tx: Tx, which: SQL | undefined, why: SessionEndReason): Promise<number> {
    await endingBecause(tx, why)
    return (await tx.delete(session).where(which).returning({ id: session.id })).length
  }
}
