import { z } from 'zod'
import { ToldTo } from './audience.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Severity } from './severity.ts'
import { Tlp } from './tlp.ts'

/** Ordinary process of TT 20/2017 art. 11 over the phases of ISO/IEC 27035-1:2023. */
export const IncidentState = z.enum([
  'open',
  'verified',
  'contained',
  'eradicated',
  'recovered',
  'closed',
  'rejected',
])
export type IncidentState = z.infer<typeof IncidentState>

/** Rows of form 05 (TT 20/2017). */
export const IncidentType = z.enum([
  'DOS',
  'SPOOF',
  'MALWARE',
  'INTRUSION',
  'DEFACE',
  'ENCRYPT',
  'DESTROY',
  'SPY',
  'MIXED',
  'OTHER',
])
export type IncidentType = z.infer<typeof IncidentType>

/** Ordinary or serious (QĐ 05/2017 art. 4). */
export const IncidentGrade = z.enum(['ordinary', 'serious'])
export type IncidentGrade = z.infer<typeof IncidentGrade>

export const Incident = z.object({
  id: idOf('incident'),
  number: z.string().describe('running number of the year, for people'),
  title: z.string(),
  summary: z.string(),
  type: IncidentType,
  grade: IncidentGrade,
  severity: Severity,
  tlp: Tlp,
  state: IncidentState,
  organisation_id: idOf('organisation').describe('the organisation struck'),
  organisation_name: z.string(),
  assignee_id: z.string().nullable(),
  assignee_name: z.string().nullable(),
  cluster_count: z.number(),
  order_count: z.number(),
  simulated: z.boolean(),
  detected_at: Instant,
  opened_at: Instant,
  updated_at: Instant,
  closed_at: Instant.nullable(),
  version: z.int(),
})
export type Incident = z.infer<typeof Incident>

export const IncidentDraft = z.object({
  title: z.string().trim().min(3).max(300),
  summary: z.string().trim().max(10_000).default(''),
  type: IncidentType.default('OTHER'),
  grade: IncidentGrade.default('ordinary'),
  severity: Severity.default('medium'),
  tlp: Tlp.default('amber'),
  told_to: ToldTo.optional().describe('whom its owner names beside itself; nobody unless told'),
  organisation_id: idOf('organisation'),
  detected_at: Instant.optional(),
  cluster_ids: z.array(idOf('cluster')).max(500).default([]),
})
export type IncidentDraft = z.infer<typeof IncidentDraft>

/** One line of an incident's story, made from the journal. */
export const TimelineEntry = z.object({
  id: z.string(),
  time: Instant,
  kind: z.string().describe('journal entry type, such as incident.opened'),
  actor_name: z.string(),
  text: z.string(),
  subject: z.string().nullable().describe('id of what it is about'),
  before: z.unknown(),
  after: z.unknown(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>
