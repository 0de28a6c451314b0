import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, count, eq } from 'drizzle-orm'
import { organisationRequest, type RequestRow } from './request-tables.ts'

const fields = {
  id: { column: organisationRequest.id, kind: 'word' },
  organisation_id: { column: organisationRequest.organisation_id, kind: 'word' },
  state: { column: organisationRequest.state, kind: 'word' },
  reason: { column: organisationRequest.reason, kind: 'text' },
  asked_at: { column: organisationRequest.asked_at, kind: 'time' },
} as const

/** Rows of requests, always inside a given transaction and so inside its scope. */
export class RequestStore {
  /** One page, the newest first. */
  list(tx: Tx, query: PageQuery): Promise<Page<RequestRow>> {
    const page = keyset({ query, fields, sorts: ['-asked_at'], id: organisationRequest.id })
    return page.read(tx.select().from(organisationRequest))
  }

  /** Nobody else decides on it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<RequestRow | undefined> {
    const [row] = await tx
      .select()
      .from(organisationRequest)
      .where(eq(organisationRequest.id, id))
      .for('update')
    return row
  }

  async countOpen(tx: Tx, organisationId: string): Promise<number> {
    const [row] = await tx
      .select({ count: count() })
      .from(organisationRequest)
      .where(
        and(
          eq(organisationRequest.organisation_id, organisationId),
          eq(organisationRequest.state, 'open'),
        ),
      )
    return row?.count ?? 0
  }

  async add(tx: Tx, row: RequestRow): Promise<void> {
    await tx.insert(organisationRequest).values(row)
  }

  async replace(tx: Tx, row: RequestRow): Promise<void> {
    await tx.update(organisationRequest).set(row).where(eq(organisationRequest.id, row.id))
  }
}
