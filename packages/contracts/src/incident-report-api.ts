import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import {
  IncidentReport,
  IncidentReportDraft,
  ReportLikeness,
  ReportStage,
  SimilarReport,
  TriageDecision,
  WholeIncidentReport,
} from './incident-report.ts'
import { PageQuery, pageOf } from './page.ts'
import { Tlp } from './tlp.ts'

export const incidentReportApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/incident-reports',
    permission: 'incident-report.read',
    summary: 'List reports of incidents',
    query: PageQuery,
    reply: pageOf(IncidentReport),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/incident-reports/:id',
    permission: 'incident-report.read',
    summary: 'Read one report with the forms submitted for it',
    params: z.object({ id: idOf('incidentReport') }),
    reply: WholeIncidentReport,
  }),
  begin: endpoint({
    method: 'POST',
    path: '/api/v1/incident-report-drafts',
    permission: 'incident-report.make',
    summary:
      'Begin to report an incident by the form of a stage; nobody is told before it is submitted',
    body: z.object({
      organisation_id: idOf('organisation'),
      stage: ReportStage,
      tlp: Tlp.default('amber'),
    }),
    reply: z.object({ report_id: idOf('incidentReport'), form_id: idOf('form') }),
  }),
  report: endpoint({
    method: 'POST',
    path: '/api/v1/incident-reports',
    permission: 'incident-report.make',
    summary: 'Report an incident in a few words: a note of a telephone call, or from a system',
    body: IncidentReportDraft,
    reply: IncidentReport,
  }),
  similar: endpoint({
    method: 'POST',
    path: '/api/v1/incident-report-likeness',
    permission: 'incident-report.read',
    summary: 'Reports that may tell of the same incident, the likest first',
    body: ReportLikeness,
    reply: z.object({ items: z.array(SimilarReport) }),
  }),
  triage: endpoint({
    method: 'POST',
    path: '/api/v1/incident-report-acts',
    permission: 'incident-report.triage',
    summary:
      'Acknowledge, ask back, attach to an incident, open one, reject or take up again; all or none',
    body: TriageDecision,
    reply: z.object({ items: z.array(IncidentReport) }),
  }),
}
