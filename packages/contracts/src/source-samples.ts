import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { RecordFormat } from './record-format.ts'
import { ColumnTarget, RecordReading } from './record-reading.ts'
import { RecordSurvey } from './record-survey.ts'
import { CollectorKind, Source } from './source.ts'

/** Why somebody was turned away at a way in. */
export const RefusalReason = z.enum(['no-source', 'address', 'token', 'tls'])
export type RefusalReason = z.infer<typeof RefusalReason>

/** A way in of this station and where it listens. */
export const OpenWay = z.object({
  collector: CollectorKind,
  port: z.int().nullable().describe('null: none of its own'),
  is_open: z.boolean().describe('false: it opens with its first source'),
  is_tls: z.boolean(),
  install: z
    .string()
    .nullable()
    .describe('command that installs what the way in lacks; null: nothing'),
})
export type OpenWay = z.infer<typeof OpenWay>

/** Where senders reach this station. */
export const Entrance = z.object({
  hosts: z.array(z.string()).describe('addresses that listeners take connections at, best first'),
  is_loopback: z.boolean().describe('only programs on this machine come in (station.listen_host)'),
  ways: z.array(OpenWay),
})
export type Entrance = z.infer<typeof Entrance>

const place = { sender: z.string(), at: Instant }

/** One thing that keeps records from coming, or may; the facts beside are what a person needs to act. */
export const SourceCheck = z.discriminatedUnion('check', [
  z.object({ check: z.literal('paused') }),
  z.object({ check: z.literal('listener'), problem: z.string() }),
  z.object({ check: z.literal('loopback') }),
  z.object({
    check: z.literal('other-source'),
    source_name: z.string(),
    collector: CollectorKind,
    ...place,
  }),
  z.object({ check: z.literal('refused'), reason: RefusalReason, times: z.int(), ...place }),
  z.object({ check: z.literal('network'), commands: z.array(z.string()) }),
])
export type SourceCheck = z.infer<typeof SourceCheck>

/** What lately came from a source, as it came and as it reads. */
export const SourceSamples = z.object({
  source: Source,
  is_withheld: z.boolean().describe('the caller may not see records of this TLP'),
  records: z
    .array(
      z.object({
        sender: z.string(),
        received_time: Instant,
        size: z.int().describe('bytes'),
        text: z.string().describe('first 2 kB, printable'),
      }),
    )
    .describe('the latest, newest first'),
  senders: z.array(z.object({ sender: z.string(), records: z.int(), last_at: Instant })),
  survey: RecordSurvey.describe('of the latest records, at most 32'),
  repeats: z
    .array(z.object({ source_id: idOf('source'), source_name: z.string(), records: z.int() }))
    .describe('sources that lately brought the same records; nothing is deleted for that'),
  checks: z.array(SourceCheck).describe('while nothing came: what may be the cause'),
})
export type SourceSamples = z.infer<typeof SourceSamples>

/** Another way to read the samples, tried before it is set. */
export const SampleQuery = z.object({
  format: RecordFormat.optional(),
  zone: z.string().max(64).optional(),
})
export type SampleQuery = z.infer<typeof SampleQuery>

/** Records somebody pasted, one a line, and how to read them. */
export const PastedRecords = z.object({
  text: z.string().min(1).max(65_536),
  format: RecordFormat.default('auto'),
  zone: z.string().max(64).default('Asia/Ho_Chi_Minh'),
  reading: RecordReading.default({ encoding: 'auto' }),
})
export type PastedRecords = z.infer<typeof PastedRecords>

/** What pasted records become. */
export const PastedSurvey = z.object({
  survey: RecordSurvey.describe('of the first 100 of them'),
  columns: z
    .array(
      z.object({
        column: z.string(),
        to: ColumnTarget.nullable().describe('null: kept under its own name'),
        example: z.string(),
      }),
    )
    .describe('of format csv: named by the reading, else by the first line'),
})
export type PastedSurvey = z.infer<typeof PastedSurvey>
