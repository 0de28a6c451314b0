import type { TrustedKey } from '@haidang/contracts/link'
import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { linkTrustedKey } from '../link-tables.ts'

const mostKeys = 10_000

/** Whose signatures this node believes, each key with its validity. */
export class TrustedKeyStore {
  /** Keys of one organisation, ended ones too: what they signed in their time stays valid. */
  async of(tx: Tx, organisationId: string): Promise<TrustedKey[]> {
    return await tx
      .select()
      .from(linkTrustedKey)
      .where(eq(linkTrustedKey.organisation_id, organisationId))
      .limit(mostKeys)
  }

  /** Every key: what a child is told to trust. */
  async all(tx: Tx): Promise<TrustedKey[]> {
    return await tx.select().from(linkTrustedKey).limit(mostKeys)
  }

  /** Takes a key in, or the end of its validity; a key once ended stays so. */
  async put(tx: Tx, key: TrustedKey): Promise<void> {
    const target = [linkTrustedKey.organisation_id, linkTrustedKey.kid]
    const { organisation_name } = key
    await tx
      .insert(linkTrustedKey)
      .values(key)
      .onConflictDoUpdate({ target, set: { organisation_name, valid_to: key.valid_to } })
  }

  /** Ends the validity of the other keys of an organisation: its node declared a new one. */
  async endOthers(tx: Tx, { organisation_id, kid }: TrustedKey, at: string): Promise<void> {
    await tx
      .update(linkTrustedKey)
      .set({ valid_to: at })
      .where(
        and(
          eq(linkTrustedKey.organisation_id, organisation_id),
          ne(linkTrustedKey.kid, kid),
          isNull(linkTrustedKey.valid_to),
        ),
      )
  }
}
