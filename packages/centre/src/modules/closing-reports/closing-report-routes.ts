import type { closingReportApi } from '@haidang/contracts/closing-report-api'
import type { IncidentProcess } from '@haidang/contracts/incident-process'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ClosingReportService } from './closing-report-service.ts'

/** Handlers of `closingReportApi`. */
export function closingReportRoutes(
  reports: ClosingReportService,
  process: () => IncidentProcess,
): Handlers<typeof closingReportApi> {
  return {
    process: async () => process(),
    list: ({ caller, query }) => reports.list(caller, query),
    get: ({ caller, params }) => reports.get(caller, params.id),
    write: ({ caller, params, body }) => reports.write(caller, params.id, body),
  }
}
