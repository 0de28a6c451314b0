import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { LinkStream, UpStream } from './link.ts'
import { MonitoringReport } from './monitoring.ts'
import { ReleaseCount } from './release.ts'
import { RuleSetReport } from './rule-set.ts'
import { SourceCounters } from './source.ts'
import { SourceBacklog } from './source-limits.ts'

/** silent: no heartbeat · quiet: heartbeat, no data · gap: numbers missing. Three different states (link.md 2). */
export const StationState = z.enum([
  'pending',
  'rejected',
  'connected',
  'quiet',
  'silent',
  'revoked',
])
export type StationState = z.infer<typeof StationState>

/** Of ids of rules in a heartbeat; what is longer is left out. */
export const longestRuleId = 300

/** What rules took on the records that were timed, in µs; the dearest rules. */
const RuleCosts = z.object({
  records: z.number().min(0).describe('records that were timed'),
  us: z.number().min(0).describe('from a record to the rules that fire on it, all rules together'),
  rules: z
    .array(
      z.object({
        id: z.string().max(longestRuleId).describe('as alerts name the rule'),
        tried: z.number().min(0).describe('timed records its conditions were tried on'),
        us: z.number().min(0),
      }),
    )
    .max(200),
})

/** What a station says of itself every 30 s on stream `health`. */
export const Heartbeat = z.object({
  sent_at: Instant,
  software: z.string(),
  started_at: Instant,
  sources: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        state: z.string(),
        rate: z.number(),
        lag_seconds: z.number(),
        counters: SourceCounters,
        since: Instant.nullish().describe('when what it lacks began'),
        cause: z.string().max(60).nullish().describe('why, while it is not active'),
        backlog: SourceBacklog.optional().describe('what waits of it in the spool'),
        missed: z.number().min(0).optional().describe('usual records since then that did not come'),
      }),
    )
    .max(1000),
  queue: z.object({ spool_records: z.number(), spool_bytes: z.number(), link_records: z.number() }),
  disk: z.object({ free_bytes: z.number(), total_bytes: z.number() }),
  rule_set: z.object({ version: z.string(), rules: z.number(), errors: z.number() }),
  library_rules: RuleSetReport.nullable()
    .optional()
    .describe('the rule set the parent gave, as it is in force'),
  rule_costs: RuleCosts.optional().describe('what rules take, measured on every so-many-th record'),
  release: z
    .object({ version: z.int().min(0), counts: z.array(ReleaseCount).max(500) })
    .optional()
    .describe('the release policy in force, and what is told as numbers only'),
  configuration: z
    .object({ number: z.int().min(0) })
    .optional()
    .describe('version the parent gave and this node holds; 0: none'),
  monitoring: MonitoringReport.optional().describe('direct monitoring by the parent'),
  indicator_set: z.object({ version: z.string(), indicators: z.number() }),
  clock_offset_ms: z
    .number()
    .nullable()
    .describe('own clock minus parent’s, half the round trip allowed for'),
})
export type Heartbeat = z.infer<typeof Heartbeat>

const NamedStation = z.object({ id: idOf('station'), name: z.string() })

/** A node below this one, as this one knows it. */
export const Station = z.object({
  id: idOf('station'),
  node_id: z.string(),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  name: z.string(),
  local: z.boolean().describe('the station part of this very node'),
  state: StationState,
  software: z.string(),
  location: z.string(),
  contact: z.string(),
  capabilities: z.array(z.string()),
  fingerprint: z.string().describe('SHA-256 of the public key, to compare by telephone'),
  certificate_expires_at: Instant.nullable(),
  last_heartbeat_at: Instant.nullable(),
  last_data_at: Instant.nullable(),
  heartbeat: Heartbeat.omit({ rule_costs: true }).nullable(),
  open_gaps: z.number(),
  replaced_by: NamedStation.nullable().describe('new hardware that took its place'),
  replaces: z.array(NamedStation).describe('stations whose place it took'),
  asked_by_file: z.boolean().describe('its last request came by file: an answer file awaits it'),
  simulated: z.boolean(),
  joined_at: Instant.nullable(),
  created_at: Instant,
})
export type Station = z.infer<typeof Station>

/** A stretch of a stream that is or was missing. */
export const Gap = z.object({
  id: idOf('gap'),
  station_id: z.string(),
  station_name: z.string(),
  stream: z.union([LinkStream, z.literal('heartbeat')]),
  kind: z
    .enum(['silence', 'dropped'])
    .describe('silence: the link was cut; dropped: the child says so itself'),
  first: z.number().nullable(),
  last: z.number().nullable(),
  count: z.number().describe('records missing, or recovered after a cut'),
  from: Instant,
  to: Instant.nullable(),
  reason: z.string(),
  recovered: z.number().describe('records that arrived late and closed it'),
  closed_at: Instant.nullable(),
})
export type Gap = z.infer<typeof Gap>

export const JoinCode = z.object({
  id: idOf('joinCode'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  expires_at: Instant,
  used_at: Instant.nullable(),
  created_at: Instant,
})
export type JoinCode = z.infer<typeof JoinCode>

/** What waits for the parent on one stream, and what may. */
export const LinkLane = z.object({
  stream: UpStream,
  waiting: z.number().describe('records above the watermark'),
  bytes: z.number().describe('of their lines, before compression'),
  oldest_at: Instant.nullable().describe('since when the oldest of them waits'),
  most_records: z.number(),
  most_bytes: z.number(),
  gives: z.enum(['oldest', 'newest']).describe('which records give way beyond that'),
  dropped: z.number().describe('records that ever gave way; the parent gets a gap record for each'),
})
export type LinkLane = z.infer<typeof LinkLane>

/** This node's own tie to its parent. */
export const ParentLink = z.object({
  state: z
    .enum(['none', 'pending', 'connected', 'cut', 'rejected', 'revoked', 'rekey'])
    .describe('rekey: cut by this node itself until it joins again'),
  parent_url: z.string().nullable(),
  parent_name: z.string().nullable(),
  since: Instant.nullable(),
  problem: z.string().nullable(),
  certificate_expires_at: Instant.nullable(),
  waiting: z.number().describe('records above the watermark'),
  lanes: z.array(LinkLane).describe('none without a parent; most urgent first'),
})
export type ParentLink = z.infer<typeof ParentLink>
