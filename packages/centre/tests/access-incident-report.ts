import { createClient, type Send } from '@haidang/contracts/client'
import { incidentReportApi } from '@haidang/contracts/incident-report-api'
import type { Tlp } from '@haidang/contracts/tlp'

/** What is told by telephone of an organisation. */
export const telephoned = (organisation_id: string) => ({
  organisation_id,
  channel: 'telephone' as const,
  sender: { name: 'Người gọi' },
  description: 'Máy chủ không truy cập được',
})

/** A report of an organisation that nobody has decided on. */
export async function addIncidentReport(
  local: Send,
  organisation_id: string,
  tlp: Tlp,
): Promise<string> {
  const body = { ...telephoned(organisation_id), tlp }
  return (await createClient(incidentReportApi, local).report({ body })).id
}
