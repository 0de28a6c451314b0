import { z } from 'zod'
import { Form } from './form.ts'
import { FormContent } from './form-content.ts'
import { idOf } from './id.ts'
import {
  IncidentReport,
  IncidentReportState,
  mostAddresses,
  mostDescribed,
  ReportSender,
} from './incident-report.ts'
import { Instant } from './instant.ts'

/** The most forms one envelope carries. */
const mostForms = 20

/**
 * Payload of envelopes `incident.reported` and `incident.updated`: the whole report as its sender tells it now, so that
 * any of them can stand for those before it.
 */
export const IncidentTold = IncidentReport.pick({
  stage: true,
  system_name: true,
  detected_at: true,
  simulated: true,
}).extend({
  report_id: idOf('incidentReport').describe('as the sender names it: what belongs together'),
  number: z.string().max(100).describe('of the sender'),
  revision: z.int().min(1).describe('counts what the sender told of this report, from 1'),
  sender: ReportSender,
  system_name: z.string().max(300),
  description: z.string().max(mostDescribed),
  addresses: z.array(z.string().max(253)).max(2 * mostAddresses),
  told: FormContent.describe('what the forms of all stages say: the next one is filled from it'),
  forms: z
    .array(Form)
    .max(mostForms)
    .describe('submitted since the revision before, each with its definition'),
})
export type IncidentTold = z.infer<typeof IncidentTold>

/** Payload of envelopes `incident.received`, `incident.refused` and `incident.judged`: what became of a report above. */
export const IncidentReceipt = z.object({
  report_id: z.string().max(300).describe('as the sender of the report names it'),
  revision: z.int().min(0).describe('the last one taken in; 0: none'),
  number: z.string().max(100).describe('of the receiver; empty: refused'),
  state: IncidentReportState.nullable().describe('null: refused'),
  question: z.string().max(4_000).describe('what the sender is asked; empty: nothing'),
  reason: z.string().max(4_000).describe('why it was decided so, or refused'),
  code: z.string().max(100).describe('problem code of a refusal'),
  time: Instant,
})
export type IncidentReceipt = z.infer<typeof IncidentReceipt>
