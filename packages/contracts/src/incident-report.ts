import { z } from 'zod'
import { Form } from './form.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** The most characters of a description, and addresses told at once. */
export const mostDescribed = 10_000
export const mostAddresses = 200

/** How a report came in; mail: filed from a mail that was received; link: from the node of who reports. */
export const ReportChannel = z.enum(['portal', 'telephone', 'api', 'mail', 'link'])
export type ReportChannel = z.infer<typeof ReportChannel>

/**
 * draft: being written, nobody was told yet; received → acknowledged; then one of attached (to an incident), near_miss,
 * duplicate, rejected.
 */
export const IncidentReportState = z.enum([
  'draft',
  'received',
  'acknowledged',
  'attached',
  'near_miss',
  'duplicate',
  'rejected',
])
export type IncidentReportState = z.infer<typeof IncidentReportState>

/** How far the statutory reports of one incident have come. */
export const ReportStage = z.enum(['notice', 'first', 'progress', 'final'])
export type ReportStage = z.infer<typeof ReportStage>

/** Uses of the forms of each stage. */
export const stageUses = {
  notice: 'incident-notice',
  first: 'incident-first-report',
  progress: 'incident-progress-report',
  final: 'incident-final-report',
} as const satisfies Record<ReportStage, string>

export const ReportSender = z.object({
  name: z.string().trim().min(1).max(300),
  phone: z.string().trim().max(60).default(''),
  email: z.string().trim().max(300).default(''),
})
export type ReportSender = z.infer<typeof ReportSender>

/** One incident as somebody reports it, from the first notice to the final report. */
export const IncidentReport = z.object({
  id: idOf('incidentReport'),
  number: z.string().nullable().describe('running number of the year; null: a draft'),
  organisation_id: idOf('organisation').describe('who reports'),
  organisation_name: z.string(),
  tlp: Tlp,
  channel: ReportChannel,
  state: IncidentReportState,
  stage: ReportStage.nullable().describe('the last that was submitted; null: told in a few words'),
  sender: ReportSender,
  system_name: z.string(),
  description: z.string(),
  addresses: z.array(z.string()).describe('IP addresses and domain names told'),
  detected_at: Instant.nullable(),
  received_at: Instant.nullable(),
  acknowledged_at: Instant.nullable(),
  acknowledged_by: z.string(),
  question: z.string().describe('what the sender is asked and has not answered'),
  incident_id: z.string().nullable(),
  duplicate_of: z.string().nullable(),
  reason: z.string().describe('why it was decided so'),
  simulated: z.boolean(),
  updated_at: Instant,
  version: z.int(),
})
export type IncidentReport = z.infer<typeof IncidentReport>

/**
 * What became of a report at the parent of this node. waiting: sent, without an answer yet; kept: it is TLP:RED, which
 * leaves a node only by hand; refused: the parent did not take it, and says why.
 */
export const ReportPassageState = z.enum(['waiting', 'received', 'refused', 'kept'])
export type ReportPassageState = z.infer<typeof ReportPassageState>

/** The way of a report between two nodes, as this one knows it. */
export const ReportPassage = z.object({
  direction: z.enum(['sent', 'received']).describe('sent: to the parent; received: from a node'),
  state: ReportPassageState,
  number: z.string().describe('of the report at the other node; empty: not known'),
  judged: IncidentReportState.nullable().describe('how it stands at the parent'),
  question: z.string().describe('what the parent asks'),
  reason: z.string().describe('why the parent decided or refused so'),
  code: z.string().describe('problem code of a refusal; empty: not refused'),
  refusal: z
    .object({ vi: z.string(), en: z.string() })
    .nullable()
    .describe('what the code means; null: not refused, or a code of another version'),
  revision: z.int().describe('how often it was told'),
  at: Instant,
})
export type ReportPassage = z.infer<typeof ReportPassage>

export const WholeIncidentReport = IncidentReport.extend({
  passage: ReportPassage.nullable().describe('null: it went over no link'),
  stages: z.array(Form).describe('what was submitted, the oldest first'),
})
export type WholeIncidentReport = z.infer<typeof WholeIncidentReport>

/** What is told without a form: by telephone, or by a system of the sender. */
export const IncidentReportDraft = z.object({
  organisation_id: idOf('organisation'),
  channel: ReportChannel.extract(['telephone', 'api']),
  sender: ReportSender,
  system_name: z.string().trim().max(300).default(''),
  description: z.string().trim().min(3).max(mostDescribed),
  addresses: z.array(z.string().trim().min(1).max(253)).max(mostAddresses).default([]),
  detected_at: Instant.optional(),
  tlp: Tlp.default('amber'),
  request_id: z
    .uuid()
    .optional()
    .describe('chosen by the caller; the same again answers the report received before'),
})
export type IncidentReportDraft = z.infer<typeof IncidentReportDraft>

/** What one is about to report, or has: enough to find others that tell of the same. */
export const ReportLikeness = z.object({
  organisation_id: idOf('organisation').optional(),
  report_id: idOf('incidentReport').optional().describe('not itself'),
  text: z.string().max(10_000).default(''),
  system_name: z.string().max(300).default(''),
  addresses: z.array(z.string().max(253)).max(200).default([]),
  detected_at: Instant.optional(),
})
export type ReportLikeness = z.infer<typeof ReportLikeness>

/** A report that may tell of the same, and why. */
export const SimilarReport = z.object({
  report: IncidentReport,
  score: z.number().min(0).max(1),
  same: z.array(z.enum(['address', 'system', 'time', 'text'])),
})
export type SimilarReport = z.infer<typeof SimilarReport>

/** What whoever is on duty does with reports. */
export const TriageAct = z.enum([
  'acknowledge',
  'ask',
  'attach',
  'open',
  'near_miss',
  'duplicate',
  'reject',
  'reopen',
])
export type TriageAct = z.infer<typeof TriageAct>

/** The most reports one act is about. */
const mostTriaged = 100

export const TriageDecision = z.object({
  ids: z.array(idOf('incidentReport')).min(1).max(mostTriaged),
  act: TriageAct,
  reason: z.string().trim().max(4_000).default('').describe('needed to ask, reject and reopen'),
  incident_id: idOf('incident').optional().describe('of `attach`'),
  duplicate_of: idOf('incidentReport').optional().describe('of `duplicate`'),
})
export type TriageDecision = z.infer<typeof TriageDecision>
