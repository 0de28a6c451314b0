import type { IncidentReport } from '@haidang/contracts/incident-report'
import { tlpOf } from '@haidang/contracts/tlp'
import type { IncidentReportRow } from './incident-report-tables.ts'

/** A row as screens show it. */
export function reportShown(row: IncidentReportRow, organisation_name: string): IncidentReport {
  const { told: _, folded: __, request_id: ___, tlp_rank, ...rest } = row
  return { ...rest, organisation_name, tlp: tlpOf(tlp_rank) }
}
