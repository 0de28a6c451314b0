import { z } from 'zod'
import { Event } from './event.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { RecordFormat } from './record-format.ts'
import { Reject } from './source.ts'

/** Which rejects to parse again, of those that wait; no field: all. */
export const RejectChoice = z.object({
  ids: z.array(idOf('reject')).max(500).optional(),
  source_id: idOf('source').optional(),
  reason: z.string().max(100).optional(),
})
export type RejectChoice = z.infer<typeof RejectChoice>

/** Parsing kept rejects again: how far it is. It goes on after a restart; each reject becomes an event once. */
export const RejectReplay = z.object({
  id: idOf('replay'),
  choice: RejectChoice,
  format: RecordFormat.nullable().describe('read as this; null: as each source says now'),
  state: z.enum(['running', 'done', 'stopped']),
  total: z.number().describe('that waited when it began'),
  done: z.number().describe('looked at'),
  events: z.number().describe('became events'),
  still_rejected: z.number(),
  problem: z.string().nullable().describe('why it does not go on just now; it tries again'),
  started_by: z.string(),
  created_at: Instant,
  ended_at: Instant.nullable(),
})
export type RejectReplay = z.infer<typeof RejectReplay>

/** A reject with its bytes. */
export const RejectBytes = z.object({
  reject: Reject,
  base64: z.string().describe('its first 64 kB as received'),
  kept: z.number().describe('bytes that are kept of it'),
})
export type RejectBytes = z.infer<typeof RejectBytes>

/** What a reject would become, kept nowhere. */
export const RejectReading = z.object({
  id: idOf('reject'),
  event: Event.nullable(),
  reason: z.string().nullable().describe('why it would be rejected again'),
  detail: z.string(),
})
export type RejectReading = z.infer<typeof RejectReading>
