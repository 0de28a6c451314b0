import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'

export const SystemRangeKind = z.enum(['network', 'domain', 'url', 'asn'])
export type SystemRangeKind = z.infer<typeof SystemRangeKind>

/** A network, domain, URL or autonomous system that belongs to a system for a time. */
export const SystemRange = z.object({
  id: idOf('range'),
  system_id: idOf('system'),
  kind: SystemRangeKind,
  text: z.string().describe('in canonical form: networks without host bits, names in Punycode'),
  shown: z.string().describe('as people read it: names in their own letters'),
  looks_like: z
    .string()
    .nullable()
    .describe('the Latin name a name with foreign letters looks like'),
  valid_from: z.iso.date().nullable().describe('first day, in Vietnam; null: since ever'),
  valid_to: z.iso.date().nullable().describe('last day, in Vietnam; null: it still holds'),
  note: z.string(),
  confirmed: z
    .boolean()
    .describe(
      'said to be right by who may approve for the whole node: its owner sees what others sensed there',
    ),
})
export type SystemRange = z.infer<typeof SystemRange>

export const RangeDraft = z.object({
  text: z
    .string()
    .trim()
    .min(1)
    .max(2_048)
    .describe('203.0.113.0/24, example.vn, https://…, AS64500'),
  valid_from: z.iso.date().nullable().default(null),
  valid_to: z.iso.date().nullable().default(null),
  note: z.string().trim().max(500).default(''),
})
export type RangeDraft = z.infer<typeof RangeDraft>

/** Whose an address, name or URL is; without `system` nobody's whom the asker may know. */
export const Whose = z.object({
  value: z.string().describe('what was asked, in canonical form'),
  kind: z.enum(['address', 'domain', 'url', 'asn']),
  at: Instant,
  looks_like: z.string().nullable(),
  system: z
    .object({
      id: idOf('system'),
      code: z.string(),
      name: z.string(),
      level: z.int().nullable(),
      organisation_id: z.string(),
      organisation_name: z.string(),
      range: z.string().describe('the range that decides'),
      range_kind: SystemRangeKind,
    })
    .nullable(),
})
export type Whose = z.infer<typeof Whose>

/** Ranges to be added; or, with `range`, one that is there, to be changed or taken away. */
export const RangePlan = z.object({
  ranges: z.array(RangeDraft).max(1_000).default([]),
  range: idOf('range').optional(),
  remove: z.boolean().default(false),
  valid_from: z.iso.date().nullable().optional(),
  valid_to: z.iso.date().nullable().optional(),
})
export type RangePlan = z.infer<typeof RangePlan>

/** A system and its owner by the register; null names of what the reader may not know. */
const OwnerShown = z
  .object({
    system_id: z.string(),
    system_name: z.string().nullable(),
    organisation_id: z.string(),
    organisation_name: z.string().nullable(),
    range: z.string(),
  })
  .nullable()
  .describe('null: nobody’s')

/** What would be another’s after a change of ranges, of what the asker may see. */
export const RangePreview = z.object({
  alerts: z.int(),
  incidents: z.int().describe('that these alerts are part of'),
  examined: z.int(),
  whole: z.boolean().describe('whether all that is stored was looked at, or only the newest'),
  moves: z
    .array(z.object({ was: OwnerShown, is: OwnerShown, alerts: z.int() }))
    .describe('from whom to whom, the largest first, at most 20'),
})
export type RangePreview = z.infer<typeof RangePreview>

/** A change of the register after which what is stored is attributed anew. */
export const AttributionChange = z.object({
  id: idOf('attributionChange'),
  system_id: idOf('system').nullable(),
  system_name: z.string().nullable(),
  cause: z.enum(['ranges', 'import', 'upgrade']),
  ranges: z.array(z.string()).describe('the first of them'),
  range_count: z.int(),
  actor_name: z.string(),
  state: z.enum(['waiting', 'running', 'done']),
  progress: z.int().min(0).max(100).describe('per cent of what is stored of its time'),
  alerts: z.int().describe('that changed hands, of those the reader may see'),
  incidents: z.int(),
  created_at: Instant,
  ended_at: Instant.nullable(),
})
export type AttributionChange = z.infer<typeof AttributionChange>

/** What changed hands: whose it was and whose it is. */
export const AttributionStep = z.object({
  id: idOf('attributionStep'),
  kind: z.enum(['alert', 'incident']),
  subject_id: z.string(),
  was: OwnerShown,
  is: OwnerShown,
  at: Instant,
})
export type AttributionStep = z.infer<typeof AttributionStep>

const params = z.object({ id: idOf('system') })

export const attributionApi = {
  whose: endpoint({
    method: 'GET',
    path: '/api/v1/attribution',
    permission: 'system.read',
    summary: 'Say whose an address, domain, URL or autonomous system is at a time',
    query: z.object({
      value: z.string().min(1).max(2_048),
      at: Instant.optional().describe('now unless told'),
      organisation: idOf('organisation')
        .optional()
        .describe('in whose network a private address was seen'),
    }),
    reply: Whose,
  }),
  ranges: endpoint({
    method: 'GET',
    path: '/api/v1/systems/:id/ranges',
    permission: 'system.read',
    summary: 'List the ranges of a system, former ones too',
    params,
    query: PageQuery,
    reply: pageOf(SystemRange),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/systems/:id/ranges',
    permission: 'system.manage',
    summary: 'Add ranges to a system: all of them or none',
    params,
    body: z.object({ ranges: z.array(RangeDraft).min(1).max(1_000) }),
    reply: z.object({ ranges: z.array(SystemRange) }),
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/systems/:id/ranges/:range',
    permission: 'system.manage',
    summary: 'Change the days or the note of a range',
    params: params.extend({ range: idOf('range') }),
    body: z.object({
      valid_from: z.iso.date().nullable().optional(),
      valid_to: z.iso.date().nullable().optional(),
      note: z.string().trim().max(500).optional(),
    }),
    reply: SystemRange,
  }),
  confirm: endpoint({
    method: 'POST',
    path: '/api/v1/systems/:id/ranges/confirm',
    permission: 'system.approve',
    summary: 'Say that ranges are right, so that their owner sees what others sensed there',
    params,
    body: z.object({ ranges: z.array(idOf('range')).min(1).max(1_000) }),
    reply: z.object({ ranges: z.array(SystemRange) }),
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/systems/:id/ranges/preview',
    permission: 'system.manage',
    summary: 'Say whose stored alerts and incidents would be after a change of ranges',
    params,
    body: RangePlan,
    reply: RangePreview,
  }),
  changes: endpoint({
    method: 'GET',
    path: '/api/v1/attribution/changes',
    permission: 'system.read',
    summary: 'List changes after which what is stored was attributed anew, with progress',
    query: PageQuery,
    reply: pageOf(AttributionChange),
  }),
  steps: endpoint({
    method: 'GET',
    path: '/api/v1/attribution/changes/:change/steps',
    permission: 'alert.read',
    summary: 'List alerts and incidents that changed hands by a change',
    params: z.object({ change: idOf('attributionChange') }),
    query: PageQuery,
    reply: pageOf(AttributionStep),
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/systems/:id/ranges/:range',
    permission: 'system.manage',
    summary: 'Remove a range that was added by mistake; what ended gets a last day instead',
    params: params.extend({ range: idOf('range') }),
    reply: z.object({}),
  }),
}
