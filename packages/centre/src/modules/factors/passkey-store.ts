import type { Passkey } from '@haidang/contracts/factor'
import type { Tx } from '@haidang/runtime/database/database'
import { and, asc, eq, lt } from 'drizzle-orm'
import { passkey, spentChallenge } from './factor-tables.ts'

export type PasskeyRow = typeof passkey.$inferSelect

/** Passkeys and challenges that were answered; needs the scope of the node. */
export class PasskeyStore {
  async of(tx: Tx, personId: string): Promise<PasskeyRow[]> {
    return await tx
      .select()
      .from(passkey)
      .where(eq(passkey.person_id, personId))
      .orderBy(asc(passkey.created_at), asc(passkey.id))
  }

  /** By what its authenticator calls it; locked until the transaction ends, so that its counter moves one by one. */
  async byCredential(tx: Tx, credentialId: string): Promise<PasskeyRow | undefined> {
    const [row] = await tx
      .select()
      .from(passkey)
      .where(eq(passkey.credential_id, credentialId))
      .for('update')
    return row
  }

  async add(tx: Tx, row: PasskeyRow): Promise<void> {
    await tx.insert(passkey).values(row)
  }

  async noteUse(tx: Tx, id: string, counter: number, last_used_at: string): Promise<void> {
    await tx.update(passkey).set({ counter, last_used_at }).where(eq(passkey.id, id))
  }

  async rename(
    tx: Tx,
    personId: string,
    id: string,
    name: string,
  ): Promise<PasskeyRow | undefined> {
    const [row] = await tx
      .update(passkey)
      .set({ name })
      .where(and(eq(passkey.id, id), eq(passkey.person_id, personId)))
      .returning()
    return row
  }

  async remove(tx: Tx, personId: string, id: string): Promise<PasskeyRow | undefined> {
    const [row] = await tx
      .delete(passkey)
      .where(and(eq(passkey.id, id), eq(passkey.person_id, personId)))
      .returning()
    return row
  }

  /** False where this challenge was answered before. */
  async spend(tx: Tx, challenge: string, expires_at: string, now: string): Promise<boolean> {
    await tx.delete(spentChallenge).where(lt(spentChallenge.expires_at, now))
    const spent = await tx
      .insert(spentChallenge)
      .values({ challenge, expires_at })
      .onConflictDoNothing()
      .returning({ challenge: spentChallenge.challenge })
    return spent.length === 1
  }
}

/** Without what only its verification needs. */
export function passkeyOf({
  id,
  name,
  rp_id,
  synced,
  created_at,
  last_used_at,
}: PasskeyRow): Passkey {
  return { id, name, rp_id, synced, created_at, last_used_at }
}
