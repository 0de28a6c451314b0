import { z } from 'zod'
import { Instant } from './instant.ts'

/** Who gives way first when the spool or its disk fills: low before normal before high. */
export const SourcePriority = z.enum(['low', 'normal', 'high'])
export type SourcePriority = z.infer<typeof SourcePriority>

/** What becomes of records a source may not bring now. */
export const WhenFull = z.enum(['wait', 'drop-newest', 'drop-oldest'])
export type WhenFull = z.infer<typeof WhenFull>

/** What a source may bring, and what becomes of more. */
export const SourceLimits = z.object({
  records_per_second: z
    .int()
    .min(1)
    .max(10_000_000)
    .nullable()
    .default(null)
    .describe('on average; null: no bound'),
  bytes_per_second: z
    .int()
    .min(100)
    .max(10_000_000_000)
    .nullable()
    .default(null)
    .describe('of its records, on average; null: no bound'),
  burst_seconds: z
    .int()
    .min(1)
    .max(300)
    .default(10)
    .describe('so many seconds of its rate may come at once'),
  spool_bytes: z
    .int()
    .min(65_536)
    .nullable()
    .default(null)
    .describe(
      'its share of the spool: bytes of its records that may wait; null: no bound of its own',
    ),
  priority: SourcePriority.default('normal'),
  when_full: WhenFull.nullable()
    .default(null)
    .describe('null: what suits its way in, wait where senders can, drop-newest where they cannot'),
})
export type SourceLimits = z.infer<typeof SourceLimits>

/** Of a source nobody bounds. */
export const noLimits: SourceLimits = {
  records_per_second: null,
  bytes_per_second: null,
  burst_seconds: 10,
  spool_bytes: null,
  priority: 'normal',
  when_full: null,
}

/** rate: above its own; share: too much of it waits; priority: room is left to others; crowding: it crowds others out. */
export const HeldReason = z.enum(['rate', 'share', 'priority', 'crowding'])
export type HeldReason = z.infer<typeof HeldReason>

/** What waits in the spool of a source, and whether it is held back. */
export const SourceBacklog = z.object({
  records: z.number(),
  bytes: z.number().describe('of its records'),
  oldest_at: Instant.nullable().describe(
    'receipt of the oldest record that waits; null: none does',
  ),
  oldest_seconds: z.number().describe('its age'),
  held_back: z
    .object({ reason: HeldReason, since: Instant })
    .nullable()
    .describe('why the source may bring nothing more now; null: it may'),
})
export type SourceBacklog = z.infer<typeof SourceBacklog>
