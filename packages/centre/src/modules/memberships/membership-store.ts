import type { Tx } from '@haidang/runtime/database/database'
import { desc, eq } from 'drizzle-orm'
import { type MembershipStepRow, membershipStep } from './membership-tables.ts'

/** Rows of membership steps, always inside a given transaction and so inside its scope. */
export class MembershipStore {
  /** The newest steps of an organisation, newest first. */
  list(tx: Tx, organisationId: string): Promise<MembershipStepRow[]> {
    return tx
      .select()
      .from(membershipStep)
      .where(eq(membershipStep.organisation_id, organisationId))
      .orderBy(desc(membershipStep.seq))
      .limit(200)
  }

  async add(tx: Tx, row: MembershipStepRow): Promise<void> {
    await tx.insert(membershipStep).values(row)
  }
}
