import { z } from 'zod'
import { ClosedIncident, ClosingReport, ClosingReportDraft } from './closing-report.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { IncidentProcess } from './incident-process.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('incident') })

export const closingReportApi = {
  process: endpoint({
    method: 'GET',
    path: '/api/v1/incident-process',
    permission: 'incident.read',
    summary: 'The way incidents go today: states, steps, and of what a closing report is wanted',
    reply: IncidentProcess,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/closing-reports',
    permission: 'incident.read',
    summary: 'Closing reports with what was learned, written last first',
    query: PageQuery,
    reply: pageOf(ClosedIncident),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/closing-report',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'How an incident ended, as far as somebody wrote it',
    params,
    reply: z.object({ report: ClosingReport.nullable() }),
  }),
  write: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/closing-report',
    permission: 'incident.handle',
    summary: 'Write the closing report of an incident that is not closed yet, or write it again',
    params,
    body: ClosingReportDraft.extend({
      version: z.int().min(0).describe('as read; 0: there was none'),
    }),
    reply: ClosingReport,
  }),
}
