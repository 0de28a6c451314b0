import type { incidentReportApi } from '@haidang/contracts/incident-report-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { IncidentReportService } from './incident-report-service.ts'
import type { ReportTriage } from './report-triage.ts'
import type { SimilarReports } from './similar-reports.ts'

export function incidentReportRoutes(
  reports: IncidentReportService,
  triage: ReportTriage,
  similar: SimilarReports,
): Handlers<typeof incidentReportApi> {
  return {
    list: ({ caller, query }) => reports.list(caller, query),
    get: ({ caller, params }) => reports.get(caller, params.id),
    begin: ({ caller, body }) => reports.begin(caller, body),
    report: ({ caller, body }) => reports.report(caller, body),
    similar: async ({ caller, body }) => ({ items: await similar.of(caller, body) }),
    triage: async ({ caller, body }) => ({ items: await triage.decide(caller, body) }),
  }
}
