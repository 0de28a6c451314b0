import type { ApprovalKind } from '@haidang/contracts/approval'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { journal } from '@haidang/runtime/journal-tables'
import { and, asc, count, desc, eq, gt, inArray, lte, or } from 'drizzle-orm'
import { type ApprovalRow, approvalRequest } from './approval-tables.ts'

const fields = {
  id: { column: approvalRequest.id, kind: 'word' },
  kind: { column: approvalRequest.kind, kind: 'word' },
  state: { column: approvalRequest.state, kind: 'word' },
  organisation_id: { column: approvalRequest.organisation_id, kind: 'word' },
  asked_by_id: { column: approvalRequest.asked_by_id, kind: 'word' },
  asked_by: { column: approvalRequest.asked_by, kind: 'text' },
  decided_by: { column: approvalRequest.decided_by, kind: 'text' },
  reason: { column: approvalRequest.reason, kind: 'text' },
  asked_at: { column: approvalRequest.asked_at, kind: 'time' },
} as const

/** Standing: may still be decided on, or used. */
const standing = ['open', 'approved'] as const

/** Rows of requests, always inside a given transaction and so inside its scope. */
export class ApprovalStore {
  list(tx: Tx, query: PageQuery): Promise<Page<ApprovalRow>> {
    const page = keyset({ query, fields, sorts: ['-asked_at'], id: approvalRequest.id })
    return page.read(tx.select().from(approvalRequest))
  }

  async get(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
    const [row] = await tx.select().from(approvalRequest).where(eq(approvalRequest.id, id))
    return row
  }

  /** Nobody else decides on it or uses it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
    const [row] = await tx
      .select()
      .from(approvalRequest)
      .where(eq(approvalRequest.id, id))
      .for('update')
    return row
  }

  /** Open requests of these kinds that somebody else asked for, oldest first. */
  async openOfOthers(
    tx: Tx,
    kinds: readonly ApprovalKind[],
    now: string,
    limit: number,
  ): Promise<ApprovalRow[]> {
    return await tx
      .select()
      .from(approvalRequest)
      .where(
        and(
          eq(approvalRequest.state, 'open'),
          gt(approvalRequest.expires_at, now),
          inArray(approvalRequest.kind, [...kinds]),
        ),
      )
      .orderBy(asc(approvalRequest.asked_at))
      .limit(limit)
  }

  async countStanding(tx: Tx, askerId: string): Promise<number> {
    const [row] = await tx
      .select({ count: count() })
      .from(approvalRequest)
      .where(
        and(
          eq(approvalRequest.asked_by_id, askerId),
          inArray(approvalRequest.state, [...standing]),
        ),
      )
    return row?.count ?? 0
  }

  async findOpen(tx: Tx, askerId: string, digest: string): Promise<ApprovalRow | undefined> {
    const [row] = await tx
      .select()
      .from(approvalRequest)
      .where(
        and(
          eq(approvalRequest.state, 'open'),
          eq(approvalRequest.asked_by_id, askerId),
          eq(approvalRequest.digest, digest),
        ),
      )
    return row
  }

  /** Requests whose time is over, locked; at most so many. */
  async overdue(tx: Tx, now: string, limit: number): Promise<ApprovalRow[]> {
    return await tx
      .select()
      .from(approvalRequest)
      .where(
        and(
          or(...standing.map((state) => eq(approvalRequest.state, state))),
          lte(approvalRequest.expires_at, now),
        ),
      )
      .limit(limit)
      .for('update', { skipLocked: true })
  }

  /** Who made a key, as the journal says; needs the scope of the node. */
  async makerOf(tx: Tx, keyId: string): Promise<string | undefined> {
    const [row] = await tx
      .select({ actor_id: journal.actor_id })
      .from(journal)
      .where(and(eq(journal.subject, keyId), eq(journal.type, 'key.created')))
      .orderBy(desc(journal.seq))
      .limit(1)
    return row?.actor_id
  }

  async add(tx: Tx, row: ApprovalRow): Promise<void> {
    await tx.insert(approvalRequest).values(row)
  }

  async replace(tx: Tx, row: ApprovalRow): Promise<void> {
    await tx.update(approvalRequest).set(row).where(eq(approvalRequest.id, row.id))
  }
}
