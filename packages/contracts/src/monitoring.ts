import { z } from 'zod'
import { Instant } from './instant.ts'
import { BulkLimits } from './release.ts'

/** Which sources of a child its parent asks for, whole; the owner's release policy has the last word. */
export const MonitoringDraft = z.object({
  sources: z.array(z.string().min(1).max(200)).max(200).describe('ids; empty: none any more'),
  reason: z.string().trim().min(3).max(1000),
  limits: BulkLimits.prefault({}),
})
export type MonitoringDraft = z.infer<typeof MonitoringDraft>

export const MonitoringRequest = MonitoringDraft.extend({
  number: z.int().min(1).describe('of the request; a higher one replaces a lower'),
  requested_at: Instant,
})
export type MonitoringRequest = z.infer<typeof MonitoringRequest>

/** What a child says of direct monitoring in its heartbeat. */
export const MonitoringReport = z.object({
  number: z.int().min(0).describe('of the request it follows; 0: none'),
  sources: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        allowed: z.boolean().describe('whether the release policy lets any event of it out'),
      }),
    )
    .max(200),
  waiting: z.number().describe('events not yet sent'),
  oldest_at: Instant.nullable().describe('when the oldest of them came in'),
  rate: z.number().describe('events sent a second, last minute'),
  bytes_per_second: z.number().describe('as sent, last minute'),
  limit: z.number().nullable().describe('bytes a second it may send; null: no limit'),
  resting: z.boolean().describe('quiet hours'),
})
export type MonitoringReport = z.infer<typeof MonitoringReport>

/** What was asked of a station, and what came of it. */
export const StationMonitoring = z.object({
  request: MonitoringRequest.nullable(),
  actor_name: z.string(),
  report: MonitoringReport.nullable().describe('of its last heartbeat'),
})
export type StationMonitoring = z.infer<typeof StationMonitoring>

/** What this node’s parent asks for, and what goes. */
export const OwnMonitoring = z.object({
  request: MonitoringRequest.nullable(),
  report: MonitoringReport,
})
export type OwnMonitoring = z.infer<typeof OwnMonitoring>
