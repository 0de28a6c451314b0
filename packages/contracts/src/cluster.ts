import { z } from 'zod'
import { Detector } from './alert.ts'
import { Observable } from './event.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Severity } from './severity.ts'
import { Tlp } from './tlp.ts'

export const ClusterState = z.enum(['new', 'acknowledged', 'snoozed', 'escalated', 'closed'])
export type ClusterState = z.infer<typeof ClusterState>

export const CloseReason = z.enum(['true_positive', 'benign', 'false_positive', 'duplicate'])
export type CloseReason = z.infer<typeof CloseReason>

/** Alerts that belong together: same organisation, same detector, same entity. What an officer triages. */
export const Cluster = z.object({
  id: idOf('cluster'),
  organisation_id: z.string(),
  organisation_name: z.string(),
  tlp: Tlp,
  node_id: z.string(),
  station_name: z.string(),
  detector: Detector,
  rule_id: z.string(),
  title: z.string(),
  entity: z.string(),
  severity: Severity,
  tags: z.array(z.string()),
  state: ClusterState,
  assignee_id: z.string().nullable(),
  assignee_name: z.string().nullable(),
  close_reason: CloseReason.nullable(),
  close_note: z.string().nullable(),
  snoozed_until: Instant.nullable(),
  incident_id: z.string().nullable(),
  merged_into: z
    .string()
    .nullable()
    .describe('the cluster that stands for it, where one may see that'),
  merged_count: z.int().describe('clusters it stands for; their alerts count here too'),
  alert_count: z.number(),
  first_time: Instant,
  last_time: Instant,
  last_alert_id: z.string(),
  simulated: z.boolean(),
  version: z.int().describe('counts changes, so that undo and concurrent triage are safe'),
})
export type Cluster = z.infer<typeof Cluster>

/** Clusters put under one, which stands for them until that is taken back. */
export const ClusterMerge = z.object({
  id: idOf('merge'),
  head_id: idOf('cluster'),
  reason: z.string(),
  merged_at: Instant,
  clusters: z.array(Cluster).describe('those put under the head by it, as they are by themselves'),
  alerts_since: z.int().describe('alerts that came to them since; they stay where they came'),
  head_changed: z.boolean().describe('whether something was decided on the head since'),
})
export type ClusterMerge = z.infer<typeof ClusterMerge>

/** What clusters are after a merge is taken back: as they were, or as was decided on the head since. */
export const Unmerged = z.enum(['as-before', 'as-head'])
export type Unmerged = z.infer<typeof Unmerged>

/** The same rule, indicator or acting address at several organisations, as far as the reader may see it. */
export const Spread = z.object({
  kind: z.enum(['rule', 'source']),
  what: z.string().describe('the address; of a rule its detector and id'),
  detector: Detector.nullable().describe('null for an address'),
  rule_id: z.string().nullable(),
  organisations: z.int().describe('at so many organisations when it was last said'),
  hidden: z.int().describe('of those whose clusters are named, those the reader may not see'),
  clusters: z
    .array(Cluster)
    .describe('the newest at each organisation, of at most 63 of them, newest first'),
  observables: z
    .array(z.object({ observable: Observable, organisations: z.int() }))
    .describe('of their last alerts, those at most organisations first'),
})
export type Spread = z.infer<typeof Spread>

/** One triage act on one or many clusters. */
export const TriageAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('acknowledge') }),
  z.object({ act: z.literal('assign'), person_id: idOf('person').nullable() }),
  z.object({ act: z.literal('severity'), severity: Severity }),
  z.object({ act: z.literal('snooze'), until: Instant }),
  z.object({
    act: z.literal('close'),
    reason: CloseReason,
    note: z.string().trim().max(2000).default(''),
  }),
  z.object({ act: z.literal('reopen') }),
])
export type TriageAct = z.infer<typeof TriageAct>
