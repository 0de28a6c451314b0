import { createHash } from 'node:crypto'
import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { type JoinCodeRow, joinCode } from '../station-tables.ts'

/** Join codes as the parent keeps them: the hash of the secret, never the secret. */
export class JoinCodeStore {
  async add(tx: Tx, row: JoinCodeRow): Promise<void> {
    await tx.insert(joinCode).values(row)
  }

  /** The code of a secret (base64url), locked: of two that use it at once one comes second. */
  async ofSecret(tx: Tx, secret: string): Promise<JoinCodeRow | undefined> {
    const [row] = await tx
      .select()
      .from(joinCode)
      .where(eq(joinCode.secret_hash, hashOf(secret)))
      .for('update')
    return row
  }

  /** Ends the codes nobody has used. Returns how many. */
  async endUnused(tx: Tx, now: string): Promise<number> {
    const ended = await tx
      .update(joinCode)
      .set({ expires_at: now })
      .where(and(isNull(joinCode.used_at), gt(joinCode.expires_at, now)))
      .returning({ id: joinCode.id })
    return ended.length
  }

  async use(tx: Tx, id: string, used_at: string, used_fingerprint: string): Promise<void> {
    await tx.update(joinCode).set({ used_at, used_fingerprint }).where(eq(joinCode.id, id))
  }
}

/** SHA-256; enough for secrets of 128 random bits and more. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
