import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { IncidentGrade } from './incident.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'
import { DeadlineTrigger, Regulation, regulationSections } from './regulation.ts'

const params = z.object({ profile: Regulation.shape.profile })
const Day = z.iso.date()

/** One entry that differs between two versions of a profile. */
export const RegulationChange = z.object({
  section: z.enum([...regulationSections, 'profile']),
  id: z.string().describe('of the entry, with its first day where the id stands more than once'),
  what: z.enum(['added', 'removed', 'changed']),
  fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
})
export type RegulationChange = z.infer<typeof RegulationChange>

/** One version of a profile, as somebody put it into force. */
export const RegulationVersion = z.object({
  profile: z.string(),
  version: z.int().min(0).describe('0: as shipped'),
  effective_from: Day.describe('first day on which it is what the profile says'),
  reason: z.string(),
  actor_name: z.string(),
  created_at: Instant.nullable(),
})
export type RegulationVersion = z.infer<typeof RegulationVersion>

/** A profile in the list of all. */
export const RegulationSummary = z.object({
  current: RegulationVersion.describe('the version of today; of a profile yet to come, its first'),
  name: Regulation.shape.name,
  valid_from: Day,
  valid_to: Day.nullable(),
  in_force: z.boolean().describe('whether today lies within its dates'),
  newest: z.int().describe('the highest version, which a change is made from'),
  scheduled: z.array(RegulationVersion).describe('versions whose day is still to come'),
  entries: z.int(),
  provisional: z.int().describe('entries that are not certain'),
  calendar_until: z.int().nullable().describe('last year of which the days off are known'),
})
export type RegulationSummary = z.infer<typeof RegulationSummary>

const RegulationDetail = z.object({
  version: RegulationVersion,
  newest: z.int(),
  regulation: Regulation,
})
export type RegulationDetail = z.infer<typeof RegulationDetail>

/** What becomes due. */
export const DueView = z.object({
  id: z.string(),
  profile: z.string(),
  version: z.int(),
  name: Regulation.shape.name,
  clause: z.string(),
  due_at: Instant.nullable().describe('null: a year on the way has no calendar'),
  missing_year: z.int().nullable(),
  provisional: z.array(z.string()).describe('entries that are not certain'),
})

/** A deadline of something open that would move. */
export const MovedDeadline = z.object({
  subject: z.string().describe('id of the incident or order'),
  label: z.string().describe('its number, and the addressee of an order'),
  deadline: z.string(),
  name: Regulation.shape.name,
  before: Instant.nullable().describe('null: it is not due now'),
  after: Instant.nullable().describe('null: it would no longer be due'),
})
export type MovedDeadline = z.infer<typeof MovedDeadline>

export const RegulationPreview = z.object({
  changes: z.array(RegulationChange),
  examined: z.int().describe('open incidents and unanswered orders looked at'),
  open: z.int().describe('of how many'),
  moved: z.array(MovedDeadline).describe('200 at most'),
  moved_count: z.int(),
  superseded_by: z
    .array(RegulationVersion)
    .describe('versions of later days, which take over then'),
})
export type RegulationPreview = z.infer<typeof RegulationPreview>

const Change = z.object({
  regulation: Regulation,
  effective_from: Day.describe('first day of effect; may lie in the future'),
})

/** The rules this node works under: dated profiles, their history, and what they make due. */
export const regulationApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/settings/regulations',
    permission: 'setting.read',
    summary: 'List the regulation profiles',
    reply: z.object({ items: z.array(RegulationSummary) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/settings/regulations/:profile',
    permission: 'setting.read',
    summary: 'Read a profile as it is today, or one of its versions',
    params,
    query: z.object({ version: z.coerce.number().int().min(0).optional() }),
    reply: RegulationDetail,
  }),
  versions: endpoint({
    method: 'GET',
    path: '/api/v1/settings/regulations/:profile/versions',
    permission: 'setting.read',
    summary: 'List the versions of a profile with what each changed, newest first',
    params,
    query: PageQuery.omit({ filter: true, sort: true }),
    reply: pageOf(RegulationVersion.extend({ changes: z.array(RegulationChange) })),
  }),
  publish: endpoint({
    method: 'POST',
    path: '/api/v1/settings/regulations',
    permission: 'setting.manage',
    summary: 'Put a version of a profile into force from a day on, with a reason',
    body: Change.extend({
      reason: z.string().trim().min(3).max(1000),
      based_on: z.int().min(-1).describe('newest version the change was made from; -1: none is'),
    }),
    reply: RegulationVersion,
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/settings/regulations/preview',
    permission: 'setting.manage',
    summary: 'Show what a version would change, and which open deadlines it would move',
    body: Change,
    reply: RegulationPreview,
  }),
  read: endpoint({
    method: 'POST',
    path: '/api/v1/settings/regulations/read',
    permission: 'setting.read',
    summary: 'Check a profile written as YAML; nothing is changed',
    body: z.object({ text: z.string().max(1_000_000) }),
    reply: z.object({ regulation: Regulation }),
  }),
  write: endpoint({
    method: 'POST',
    path: '/api/v1/settings/regulations/write',
    permission: 'setting.read',
    summary: 'Write a profile as YAML; nothing is changed',
    body: z.object({ regulation: Regulation }),
    reply: z.object({ text: z.string() }),
  }),
  due: endpoint({
    method: 'GET',
    path: '/api/v1/settings/due',
    permission: 'setting.read',
    summary: 'Reckon what a fact makes due, by the rules of its day',
    query: z.object({
      trigger: DeadlineTrigger,
      from: Instant.describe('of the fact'),
      grade: IncidentGrade.optional(),
    }),
    reply: z.object({ items: z.array(DueView) }),
  }),
}
