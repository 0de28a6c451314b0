import type { Invitation } from '@haidang/contracts/invitation'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { invitation, recoveryLink } from './invitation-tables.ts'

const columns = {
  id: invitation.id,
  organisation_id: invitation.organisation_id,
  role_id: invitation.role_id,
  email: invitation.email,
  name: invitation.name,
  language: invitation.language,
  created_at: invitation.created_at,
  expires_at: invitation.expires_at,
  accepted_at: invitation.accepted_at,
  revoked_at: invitation.revoked_at,
}

const fields = {
  id: { column: invitation.id, kind: 'word' },
  name: { column: invitation.name, kind: 'text' },
  email: { column: invitation.email, kind: 'text' },
  organisation_id: { column: invitation.organisation_id, kind: 'word' },
  role_id: { column: invitation.role_id, kind: 'word' },
  created_at: { column: invitation.created_at, kind: 'time' },
  expires_at: { column: invitation.expires_at, kind: 'time' },
  accepted_at: { column: invitation.accepted_at, kind: 'time' },
  revoked_at: { column: invitation.revoked_at, kind: 'time' },
} as const

export type RecoveryRow = typeof recoveryLink.$inferSelect

/** Invitations without the hash of their link, and recovery links, which need the scope of the node. */
export class InvitationStore {
  async list(tx: Tx, query: PageQuery): Promise<Page<Invitation>> {
    const page = keyset({ query, fields, sorts: ['-created_at', 'email'], id: invitation.id })
    return page.read(tx.select(columns).from(invitation))
  }

  async get(tx: Tx, id: string): Promise<Invitation | undefined> {
    const [row] = await tx
      .select(columns)
      .from(invitation)
      .where(eq(invitation.id, id))
      .for('update')
    return row
  }

  /** The invitation a link opens, locked until the transaction ends; undefined once it is used, taken back or old. */
  async open(tx: Tx, tokenHash: string, now: string): Promise<Invitation | undefined> {
    const [row] = await tx
      .select(columns)
      .from(invitation)
      .where(
        and(
          eq(invitation.token_hash, tokenHash),
          isNull(invitation.accepted_at),
          isNull(invitation.revoked_at),
          gt(invitation.expires_at, now),
        ),
      )
      .for('update')
    return row
  }

  async add(tx: Tx, row: Invitation, token_hash: string): Promise<void> {
    await tx.insert(invitation).values({ ...row, token_hash })
  }

  async accept(tx: Tx, id: string, accepted_at: string): Promise<void> {
    await tx.update(invitation).set({ accepted_at }).where(eq(invitation.id, id))
  }

  async revoke(tx: Tx, id: string, revoked_at: string): Promise<void> {
    await tx.update(invitation).set({ revoked_at }).where(eq(invitation.id, id))
  }

  async issueRecovery(tx: Tx, row: RecoveryRow): Promise<void> {
    await tx
      .insert(recoveryLink)
      .values(row)
      .onConflictDoUpdate({ target: recoveryLink.person_id, set: row })
  }

  /** The recovery link of a token, locked until the transaction ends; undefined for an old one. */
  async openRecovery(tx: Tx, tokenHash: string, now: string): Promise<RecoveryRow | undefined> {
    const [row] = await tx
      .select()
      .from(recoveryLink)
      .where(and(eq(recoveryLink.token_hash, tokenHash), gt(recoveryLink.expires_at, now)))
      .for('update')
    return row
  }

  async spendRecovery(tx: Tx, personId: string): Promise<void> {
    await tx.delete(recoveryLink).where(eq(recoveryLink.person_id, personId))
  }
}
