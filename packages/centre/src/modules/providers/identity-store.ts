import type { Identity } from '@haidang/contracts/provider'
import type { Tx } from '@haidang/runtime/database/database'
import { and, asc, eq } from 'drizzle-orm'
import { identity, provider } from './provider-tables.ts'

export type IdentityRow = typeof identity.$inferSelect

/** Who people are at providers; needs the scope of the node. */
export class IdentityStore {
  async of(tx: Tx, personId: string): Promise<Identity[]> {
    return await tx
      .select({
        id: identity.id,
        provider_id: identity.provider_id,
        provider_name: provider.name,
        email: identity.email,
        linked_at: identity.linked_at,
        last_used_at: identity.last_used_at,
      })
      .from(identity)
      .innerJoin(provider, eq(provider.id, identity.provider_id))
      .where(eq(identity.person_id, personId))
      .orderBy(asc(identity.linked_at), asc(identity.id))
  }

  async bySubject(tx: Tx, providerId: string, subject: string): Promise<IdentityRow | undefined> {
    const [row] = await tx
      .select()
      .from(identity)
      .where(and(eq(identity.provider_id, providerId), eq(identity.subject, subject)))
    return row
  }

  /** False where the subject has another account, or the account another subject there. */
  async add(tx: Tx, row: IdentityRow): Promise<boolean> {
    const added = await tx
      .insert(identity)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: identity.id })
    return added.length === 1
  }

  async noteUse(tx: Tx, id: string, email: string | null, last_used_at: string): Promise<void> {
    await tx.update(identity).set({ email, last_used_at }).where(eq(identity.id, id))
  }

  async remove(tx: Tx, personId: string, id: string): Promise<IdentityRow | undefined> {
    const [row] = await tx
      .delete(identity)
      .where(and(eq(identity.id, id), eq(identity.person_id, personId)))
      .returning()
    return row
  }
}
