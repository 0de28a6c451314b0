import { foldVietnamese } from '@haidang/contracts/fold'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { eq, getTableColumns } from 'drizzle-orm'
import { type ClosingReportRow, closingReport } from './closing-report-tables.ts'

const fields = {
  incident_id: { column: closingReport.incident_id, kind: 'word' },
  organisation_id: { column: closingReport.organisation_id, kind: 'word' },
  written_at: { column: closingReport.written_at, kind: 'time' },
  text: { column: closingReport.folded, kind: 'text', whole: true },
} as const

/** A row without what the store itself derives. */
export type ClosingReportFacts = Omit<ClosingReportRow, 'folded'>

/** Rows of closing reports, always inside a given transaction and so inside its scope. */
export class ClosingReportStore {
  /** One page of those whose incidents the scope shows, written last first. */
  list(tx: Tx, query: PageQuery): Promise<Page<ClosingReportRow & { readonly id: string }>> {
    const page = keyset({ query, fields, sorts: ['-written_at'], id: closingReport.incident_id })
    const columns = { ...getTableColumns(closingReport), id: closingReport.incident_id }
    return page.read(tx.select(columns).from(closingReport))
  }

  async get(tx: Tx, incidentId: string): Promise<ClosingReportRow | undefined> {
    const [row] = await tx
      .select()
      .from(closingReport)
      .where(eq(closingReport.incident_id, incidentId))
    return row
  }

  /** Writes one in the place of what was there. */
  async put(tx: Tx, facts: ClosingReportFacts): Promise<ClosingReportRow> {
    const { course, root_cause, measures, damage, lessons, proposals } = facts
    const told = [course, root_cause, measures, damage, ...lessons, proposals]
    const row = { ...facts, folded: foldVietnamese(told.join(' ')) }
    await tx
      .insert(closingReport)
      .values(row)
      .onConflictDoUpdate({ target: closingReport.incident_id, set: row })
    return row
  }
}
