import { z } from 'zod'
import { Cluster } from './cluster.ts'
import { RunningDeadline } from './deadline.ts'
import { endpoint } from './endpoint.ts'
import { Incident } from './incident.ts'
import { Instant } from './instant.ts'
import { Order } from './order.ts'
import { Severity } from './severity.ts'
import { Station } from './station.ts'

/** What the watch floor shows: what is new, what is late, who is silent. */
export const Overview = z.object({
  as_of: Instant,
  open_clusters: z.array(z.object({ severity: Severity, count: z.number() })),
  newest_clusters: z.array(Cluster).max(20),
  open_incidents: z.array(Incident).max(20),
  open_incident_count: z.number(),
  orders_open: z.number(),
  orders_overdue: z.number(),
  orders_waiting: z.array(Order).max(20),
  deadlines_running: z.int(),
  deadlines_passed: z.int().describe('over and not met'),
  deadlines_next: z.array(RunningDeadline).max(20).describe('not met, soonest first'),
  stations: z.array(Station).max(200),
  events_per_second: z.number(),
  alerts_24h: z.array(z.object({ start: Instant, severity: Severity, count: z.number() })),
})
export type Overview = z.infer<typeof Overview>

export const overviewApi = {
  read: endpoint({
    method: 'GET',
    path: '/api/v1/overview',
    permission: 'overview.read',
    summary: 'The watch floor at a glance',
    reply: Overview,
  }),
}

/**
 * Server-sent events of `GET /api/v1/live` (permission live.read): `id` is the journal position,
 * `event` the entry type, `data` this. Reconnecting with Last-Event-ID misses nothing, repeats nothing.
 */
export const LiveMessage = z.object({
  seq: z.number(),
  type: z.string(),
  time: Instant,
  subject: z.string(),
  related: z.array(z.string()),
  organisation_id: z.string().nullable(),
})
export type LiveMessage = z.infer<typeof LiveMessage>
