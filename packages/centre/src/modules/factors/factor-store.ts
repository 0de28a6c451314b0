import type { Tx } from '@haidang/runtime/database/database'
import { and, count, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import { recoveryCode, totp } from './factor-tables.ts'

export type TotpRow = typeof totp.$inferSelect

/** Authenticators and recovery codes; needs the scope of the node. */
export class FactorStore {
  /** Confirmed or not. */
  async totp(tx: Tx, personId: string): Promise<TotpRow | undefined> {
    const [row] = await tx.select().from(totp).where(eq(totp.person_id, personId))
    return row
  }

  /** A secret that waits for its first code; one that waited before gives way, a confirmed one does not: false. */
  async begin(tx: Tx, person_id: string, sealed_secret: string, now: string): Promise<boolean> {
    const fresh = { sealed_secret, created_at: now, last_step: 0 }
    const written = await tx
      .insert(totp)
      .values({ person_id, ...fresh })
      .onConflictDoUpdate({
        target: totp.person_id,
        set: fresh,
        setWhere: isNull(totp.confirmed_at),
      })
      .returning({ id: totp.person_id })
    return written.length === 1
  }

  async confirm(tx: Tx, personId: string, step: number, now: string): Promise<void> {
    await tx
      .update(totp)
      .set({ confirmed_at: now, last_step: step })
      .where(eq(totp.person_id, personId))
  }

  /** False where this step or a later one opened already. One statement: of two at once one wins. */
  async spendStep(tx: Tx, personId: string, step: number): Promise<boolean> {
    const spent = await tx
      .update(totp)
      .set({ last_step: step })
      .where(
        and(eq(totp.person_id, personId), isNotNull(totp.confirmed_at), lt(totp.last_step, step)),
      )
      .returning({ id: totp.person_id })
    return spent.length === 1
  }

  async remove(tx: Tx, personId: string): Promise<void> {
    await tx.delete(totp).where(eq(totp.person_id, personId))
    await tx.delete(recoveryCode).where(eq(recoveryCode.person_id, personId))
  }

  async replaceCodes(tx: Tx, person_id: string, hashes: readonly string[]): Promise<void> {
    await tx.delete(recoveryCode).where(eq(recoveryCode.person_id, person_id))
    await tx.insert(recoveryCode).values(hashes.map((code_hash) => ({ person_id, code_hash })))
  }

  /** Takes a recovery code away; false where there is none such. */
  async spendCode(tx: Tx, personId: string, hash: string): Promise<boolean> {
    const spent = await tx
      .delete(recoveryCode)
      .where(and(eq(recoveryCode.person_id, personId), eq(recoveryCode.code_hash, hash)))
      .returning({ hash: recoveryCode.code_hash })
    return spent.length === 1
  }

  async codesLeft(tx: Tx, personId: string): Promise<number> {
    const [row] = await tx
      .select({ left: count() })
      .from(recoveryCode)
      .where(eq(recoveryCode.person_id, personId))
    return row?.left ?? 0
  }
}
