import type { TrustedKey } from '@haidang/contracts/link'
import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, isNull } from 'drizzle-orm'
import { linkTrustedKey } from '../link-tables.ts'

const mostKeys = 10_000

/** Whose signatures this node believes, each key with its validity. */
export class TrustedKeyStore {
  /** Keys of one organisation, ended ones too: what they signed in their time stays valid. */
  async of(tx: Tx, organisationId: string): Promise<TrustedKey[]> {
    return await tx
      .select(columns)
      .from(linkTrustedKey)
      .where(eq(linkTrustedKey.organisation_id, organisationId))
      .limit(mostKeys)
  }

  /** Every key: what a child is told to trust. */
  async all(tx: Tx): Promise<TrustedKey[]> {
    return await tx.select(columns).from(linkTrustedKey).limit(mostKeys)
  }

  /** Takes in a key that a node declared, or that the parent vouches for (`nodeId` empty). */
  async put(tx: Tx, key: TrustedKey, nodeId: string): Promise<void> {
    const target = [linkTrustedKey.organisation_id, linkTrustedKey.kid]
    const { organisation_name, valid_to } = key
    await tx
      .insert(linkTrustedKey)
      .values({ ...key, node_id: nodeId })
      .onConflictDoUpdate({ target, set: { organisation_name, valid_to, node_id: nodeId } })
  }

  /** Ends the validity of what a node declared; what it signed before stays valid. */
  async end(tx: Tx, nodeId: string, at: string): Promise<void> {
    await tx
      .update(linkTrustedKey)
      .set({ valid_to: at })
      .where(and(eq(linkTrustedKey.node_id, nodeId), isNull(linkTrustedKey.valid_to)))
  }
}

const columns = {
  organisation_id: linkTrustedKey.organisation_id,
  organisation_name: linkTrustedKey.organisation_name,
  kid: linkTrustedKey.kid,
  x: linkTrustedKey.x,
  valid_from: linkTrustedKey.valid_from,
  valid_to: linkTrustedKey.valid_to,
}
