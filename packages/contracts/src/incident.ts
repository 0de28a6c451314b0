import { z } from 'zod'
import { ToldTo } from './audience.ts'
import { idOf } from './id.ts'
import { Participation } from './incident-participant.ts'
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

/** What an entry is: harm done, harm that was just avoided, or notice of a threat. */
export const IncidentKind = z.enum(['incident', 'near_miss', 'threat'])
export type IncidentKind = z.infer<typeof IncidentKind>

/** Groups by cause (QĐ 05/2017 art. 9). */
export const CauseGroup = z.enum(['ATTACK', 'TECH_FAULT', 'OPERATOR_ERROR', 'DISASTER'])
export type CauseGroup = z.infer<typeof CauseGroup>

/** How much harm was done; with the level of the system it suggests a severity. */
export const Impact = z.enum(['none', 'limited', 'considerable', 'severe'])
export type Impact = z.infer<typeof Impact>

/** Class and type of the Reference Security Incident Taxonomy, as `fraud/phishing`. */
export const Rsit = z
  .string()
  .max(120)
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'class and type of RSIT, as fraud/phishing')

/** Personal data an incident touches; it starts the clock of the law on personal data. */
export const TouchedPersonalData = z.object({
  categories: z
    .array(z.enum(['basic', 'sensitive', 'location', 'biometric', 'financial']))
    .min(1)
    .max(5),
  subjects: z
    .int()
    .min(0)
    .max(2_000_000_000)
    .nullable()
    .default(null)
    .describe('people; null: not known'),
  records: z.int().min(0).max(2_000_000_000).nullable().default(null).describe('null: not known'),
  known_at: Instant.optional().describe('when it became known; now unless told'),
})
export type TouchedPersonalData = z.infer<typeof TouchedPersonalData>

export const Incident = z.object({
  id: idOf('incident'),
  number: z.string().describe('running number of the year, for people'),
  title: z.string(),
  summary: z.string(),
  kind: IncidentKind,
  exercise: z.boolean().describe('of an exercise: counted in no real figure'),
  type: IncidentType,
  rsit: Rsit,
  cause: CauseGroup.nullable(),
  impact: Impact.nullable(),
  personal_data: TouchedPersonalData.nullable(),
  grade: IncidentGrade.describe('serious only by a decision'),
  severity: Severity,
  tlp: Tlp,
  state: IncidentState,
  organisation_id: idOf('organisation').describe('the organisation struck'),
  organisation_name: z.string(),
  assignee_id: z.string().nullable(),
  assignee_name: z.string().nullable(),
  merged_into: idOf('incident')
    .nullable()
    .describe('the incident that stands for it, where one may see that'),
  merged_ids: z
    .array(idOf('incident'))
    .describe('incidents it stands for; what hangs on them is shown here too'),
  participation: Participation.nullable().describe(
    'as what the reader’s organisation takes part in it; null: it does not, or it is its own',
  ),
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
  kind: IncidentKind.default('incident'),
  exercise: z.boolean().default(false),
  type: IncidentType.default('OTHER'),
  rsit: Rsit.optional().describe('follows from the type unless told'),
  cause: CauseGroup.nullable().default(null),
  impact: Impact.nullable().default(null),
  personal_data: TouchedPersonalData.nullable().default(null),
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
