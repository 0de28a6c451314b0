import type { Holding } from './access-holding.ts'
import { telephoned } from './access-incident-report.ts'
import type { Sample } from './access-sample.ts'

/** How the endpoints of reports of incidents are called. */
export const incidentReportSamples: Readonly<Record<string, (of: Holding) => Sample>> = {
  'incidentReportApi.list': () => ({ names: 'nothing' }),
  'incidentReportApi.get': (of) => ({ params: { id: of.incidentReport } }),
  'incidentReportApi.begin': (of) => ({
    body: { organisation_id: of.organisation, stage: 'notice' },
  }),
  'incidentReportApi.report': (of) => ({ body: telephoned(of.organisation) }),
  'incidentReportApi.similar': (of) => ({ body: { report_id: of.incidentReport } }),
  'incidentReportApi.triage': (of) => ({
    body: { ids: [of.incidentReport], act: 'ask', reason: 'thử' },
  }),
}
