import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { desc, getTableColumns, lte, sql } from 'drizzle-orm'
import { type ApprovalPolicyRow, approvalPolicy } from './approval-tables.ts'

const fields = {
  version: { column: approvalPolicy.version, kind: 'number' },
  effective_from: { column: approvalPolicy.effective_from, kind: 'time' },
  reason: { column: approvalPolicy.reason, kind: 'text' },
} as const
/** Names the advisory lock under which versions are numbered. */
const numbering = 7_246_046

/** Versions of the approval policy, always inside a given transaction. They are added, never changed. */
export class PolicyStore {
  /** The newest of the versions that hold at a time. */
  async holding(tx: Tx, now: string): Promise<ApprovalPolicyRow | undefined> {
    const [row] = await tx
      .select()
      .from(approvalPolicy)
      .where(lte(approvalPolicy.effective_from, now))
      .orderBy(desc(approvalPolicy.version))
      .limit(1)
    return row
  }

  /** The newest version, in force or not; undefined: there is none but the shipped one. */
  async last(tx: Tx): Promise<ApprovalPolicyRow | undefined> {
    const [row] = await tx
      .select()
      .from(approvalPolicy)
      .orderBy(desc(approvalPolicy.version))
      .limit(1)
    return row
  }

  list(tx: Tx, query: PageQuery): Promise<Page<ApprovalPolicyRow>> {
    const page = keyset({ query, fields, sorts: ['-version'], id: approvalPolicy.version })
    return page.read(
      tx
        .select({
          ...getTableColumns(approvalPolicy),
          id: sql<string>`${approvalPolicy.version}::text`,
        })
        .from(approvalPolicy),
    )
  }

  /** Until the transaction ends nobody else adds a version. */
  async lock(tx: Tx): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(${numbering})`)
  }

  async add(tx: Tx, row: ApprovalPolicyRow): Promise<void> {
    await tx.insert(approvalPolicy).values(row)
  }
}
