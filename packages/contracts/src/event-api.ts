import { z } from 'zod'
import { ArchiveReach } from './archive.ts'
import { endpoint } from './endpoint.ts'
import { Event } from './event.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'

/** Half-open time range [from, to). */
const Range = { from: Instant, to: Instant }

/** Fields an event search may name, with what kind of comparison suits each. */
export const eventFields = {
  id: 'word',
  time: 'time',
  organisation_id: 'word',
  node_id: 'word',
  source_id: 'word',
  class_uid: 'number',
  severity_id: 'number',
  status: 'word',
  product: 'word',
  parser: 'word',
  event_code: 'word',
  simulated: 'boolean',
  message: 'text',
  src_ip: 'ip',
  src_port: 'number',
  dst_ip: 'ip',
  dst_port: 'number',
  host: 'word',
  user: 'word',
  process: 'word',
  command_line: 'text',
  file: 'word',
  url: 'text',
  http_status: 'number',
  domain: 'word',
  src_country: 'word',
  dst_country: 'word',
  src_asn: 'number',
  dst_asn: 'number',
  direction: 'word',
  system: 'member',
  observable: 'member',
  raw: 'text',
} as const
export type EventField = keyof typeof eventFields

export const eventApi = {
  search: endpoint({
    method: 'GET',
    path: '/api/v1/events',
    permission: 'event.read',
    summary: 'Search events, newest first',
    query: PageQuery.extend(Range),
    reply: pageOf(Event).extend({
      took_ms: z.number(),
      archive: ArchiveReach.nullable().describe('null: the range lies in the event store'),
      from_archive: z.array(z.string()).describe('ids of items that came from the archive'),
    }),
  }),
  histogram: endpoint({
    method: 'GET',
    path: '/api/v1/events/histogram',
    permission: 'event.read',
    summary: 'Events over time by severity',
    query: z.object({
      ...Range,
      filter: z.string().max(2048).optional(),
      buckets: z.coerce.number().int().min(10).max(400).default(96),
    }),
    reply: z.object({
      buckets: z.array(z.object({ start: Instant, severity_id: z.number(), count: z.number() })),
      bucket_seconds: z.number(),
      total: z.number(),
      took_ms: z.number(),
    }),
  }),
  values: endpoint({
    method: 'GET',
    path: '/api/v1/events/values',
    permission: 'event.read',
    summary: 'Most frequent values of a field, for the filter given',
    query: z.object({
      ...Range,
      filter: z.string().max(2048).optional(),
      field: z.enum(Object.keys(eventFields) as [EventField]),
      limit: z.coerce.number().int().min(1).max(100).default(10),
    }),
    reply: z.object({ values: z.array(z.object({ value: z.string(), count: z.number() })) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/events/:id',
    permission: 'event.read',
    summary: 'Read one event with its raw record',
    params: z.object({ id: idOf('event') }),
    reply: Event,
  }),
}
