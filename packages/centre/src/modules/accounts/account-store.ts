import type { SessionEndReason } from '@haidang/contracts/session-end'
import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, lt, sql } from 'drizzle-orm'
import { account, session, signInFailure, user } from './account-tables.ts'
import { endingBecause } from './session-end-store.ts'

interface Credential {
  readonly person_id: string
  readonly name: string
  readonly email: string
  /** scrypt, as better-auth writes it; null: signs in another way only. */
  readonly password_hash: string | null
}

/** How often somebody failed in a row, and until when nobody may try. */
export interface Failure {
  readonly failures: number
  readonly locked_until: string | null
}

const credential = 'credential'

/** Credentials, sessions and failures of the schema `auth`; needs the scope of the node. */
export class AccountStore {
  /** Gives a person an e-mail and password to sign in with. */
  async add(tx: Tx, { person_id, name, email, password_hash }: Credential): Promise<void> {
    const now = sql`now()`
    const times = { createdAt: now, updatedAt: now }
    const lower = email.toLowerCase()
    await tx
      .insert(user)
      .values({ id: person_id, name, email: lower, emailVerified: true, ...times })
    await tx.insert(account).values({
      id: person_id,
      accountId: person_id,
      providerId: credential,
      userId: person_id,
      password: password_hash,
      ...times,
    })
  }

  async rename(tx: Tx, personId: string, name: string): Promise<void> {
    await tx.update(user).set({ name }).where(eq(user.id, personId))
  }

  async setPassword(tx: Tx, personId: string, passwordHash: string): Promise<void> {
    await tx
      .update(account)
      .set({ password: passwordHash, updatedAt: sql`now()` })
      .where(and(eq(account.userId, personId), eq(account.providerId, credential)))
  }

  /** Undefined for somebody without a password. */
  async passwordHash(tx: Tx, personId: string): Promise<string | undefined> {
    const [row] = await tx
      .select({ password: account.password })
      .from(account)
      .where(and(eq(account.userId, personId), eq(account.providerId, credential)))
    return row?.password ?? undefined
  }

  /** Signs a person out everywhere. */
  async endSessions(tx: Tx, personId: string, why: SessionEndReason): Promise<void> {
    await endingBecause(tx, why)
    await tx.delete(session).where(eq(session.userId, personId))
  }

  async endExpired(tx: Tx): Promise<void> {
    await tx.delete(session).where(lt(session.expiresAt, sql`now()`))
  }

  /**
   * Counts a failure and locks its row until the transaction ends; while a lock stands nothing is counted,
   * so that a victim is not kept out for ever. One statement: parallel guesses cannot pass each other.
   */
  async countFailure(tx: Tx, subject: string, now: string): Promise<Failure> {
    const unlocked = sql`${signInFailure.locked_until} is null or ${signInFailure.locked_until} <= ${now}`
    const [row] = await tx
      .insert(signInFailure)
      .values({ subject, failures: 1, last_at: now })
      .onConflictDoUpdate({
        target: signInFailure.subject,
        set: {
          failures: sql`${signInFailure.failures} + case when ${unlocked} then 1 else 0 end`,
          last_at: sql`case when ${unlocked} then ${now} else ${signInFailure.last_at} end`,
        },
      })
      .returning({ failures: signInFailure.failures, locked_until: signInFailure.locked_until })
    if (!row) throw new Error('a counted failure gives back its row')
    return row
  }

  async lock(tx: Tx, subject: string, until: string): Promise<void> {
    await tx
      .update(signInFailure)
      .set({ locked_until: until })
      .where(eq(signInFailure.subject, subject))
  }

  /** Takes one failure back, and the lock it may have caused. */
  async uncountFailure(tx: Tx, subject: string): Promise<void> {
    await tx
      .update(signInFailure)
      .set({ failures: sql`greatest(${signInFailure.failures} - 1, 0)`, locked_until: null })
      .where(eq(signInFailure.subject, subject))
  }

  async forgetFailure(tx: Tx, subject: string): Promise<void> {
    await tx.delete(signInFailure).where(eq(signInFailure.subject, subject))
  }

  async forgetFailuresBefore(tx: Tx, instant: string): Promise<void> {
    await tx.delete(signInFailure).where(lt(signInFailure.last_at, instant))
  }
}
