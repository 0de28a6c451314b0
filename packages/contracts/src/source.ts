import { z } from 'zod'
import { SilenceSeconds } from './directed-configuration.ts'
import { Logsource } from './event.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { KafkaDraft, KafkaShown } from './kafka.ts'
import { RecordFormat } from './record-format.ts'
import { RecordReading } from './record-reading.ts'
import { SilenceCause, SourceState } from './silence.ts'
import type { sourceLimitLabels } from './source-limit-labels.ts'
import { noLimits, SourceBacklog, SourceLimits, type WhenFull } from './source-limits.ts'
import { Tlp } from './tlp.ts'

export const CollectorKind = z.enum([
  'syslog-udp',
  'syslog-tcp',
  'syslog-tls',
  'syslog-socket',
  'lumberjack',
  'fluent-forward',
  'json-lines',
  'elastic-bulk',
  'splunk-hec',
  'otlp-http',
  'netflow',
  'ipfix',
  'sflow',
  'tail-file',
  'kafka',
])
export type CollectorKind = z.infer<typeof CollectorKind>

/** Ways in whose sources are told apart by a token their senders carry. */
export const tokenCollectors: ReadonlySet<CollectorKind> = new Set([
  'json-lines',
  'elastic-bulk',
  'splunk-hec',
  'otlp-http',
])

/** Ways in that stand at a path of their own. */
export const placedCollectors: ReadonlySet<CollectorKind> = new Set(['tail-file', 'syslog-socket'])

/** What may become of records a source may not bring now, the usual first, and why nothing else suits its way in. */
export function whenFullOf(collector: CollectorKind): {
  readonly choices: readonly [WhenFull, ...WhenFull[]]
  readonly because: keyof typeof sourceLimitLabels.whenFullReason
} {
  switch (collector) {
    case 'syslog-udp':
      return { choices: ['drop-newest', 'drop-oldest'], because: 'datagrams' }
    case 'netflow':
    case 'ipfix':
    case 'sflow':
      return { choices: ['drop-newest'], because: 'exporters' }
    case 'syslog-tcp':
    case 'syslog-tls':
    case 'syslog-socket':
      return { choices: ['wait', 'drop-newest'], because: 'in-order' }
    default:
      return { choices: ['wait'], because: 'acknowledged' }
  }
}

/** Where records come from and how to read them; a listener can serve many sources, told apart by sender address. */
export const SourceDraft = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  collector: CollectorKind,
  format: RecordFormat.default('auto'),
  senders: z
    .array(z.string())
    .max(256)
    .default([])
    .describe(
      'addresses, CIDR ranges, or name: and a name proved by client certificate or as a user; empty: any',
    ),
  path: z
    .string()
    .max(4096)
    .optional()
    .describe('tail-file: file or pattern with * in the name; syslog-socket: the socket'),
  kafka: KafkaDraft.optional().describe('kafka: brokers, topics, and how to prove oneself'),
  zone: z
    .string()
    .max(64)
    .default('Asia/Ho_Chi_Minh')
    .describe('IANA zone of times written without one'),
  reading: RecordReading.default({ encoding: 'auto' }),
  tlp: Tlp.default('amber'),
  logsource: Logsource.default({}),
  expect_every_seconds: SilenceSeconds.optional().describe(
    'quiet after this long; left out: the default of the node',
  ),
  product: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .optional()
    .describe('what it was set up as, of the product catalogue'),
  draft: z
    .boolean()
    .default(false)
    .describe('still being set up; it takes records as any other does'),
  limits: SourceLimits.default(noLimits).describe(
    'given as a whole; what is left out is unbounded',
  ),
})
export type SourceDraft = z.infer<typeof SourceDraft>

/** What happened to the records of a source; every record is in exactly one of parsed or rejected once processed. */
export const SourceCounters = z.object({
  received: z.number(),
  parsed: z.number(),
  rejected: z.number(),
  dropped: z
    .number()
    .describe(
      'lost before the spool: kernel drops of a UDP socket, what its limits let go, gaps in the numbers of flow exporters',
    ),
  duplicated_possible: z
    .number()
    .describe('records of batches in flight at a kill, sent without identity'),
  bytes: z.number(),
})
export type SourceCounters = z.infer<typeof SourceCounters>

export const Source = SourceDraft.extend({
  id: idOf('source'),
  expect_every_seconds: SilenceSeconds.describe('quiet after this long'),
  kafka: KafkaShown.optional(),
  state: SourceState,
  problem: z.string().nullable().describe('why it failed, in the words of the way in'),
  since: Instant.nullable().describe('when what it lacks began; null while it is active'),
  cause: SilenceCause.nullable().describe('why, as far as is known; null while it is active'),
  cause_detail: z.string(),
  missed: z.number().describe('records usual since then that did not come'),
  usual_per_hour: z.number().nullable().describe('at this hour of the week; null: not learned'),
  quiet_after_seconds: z.number().describe('without a record, at this hour of the week'),
  counters: SourceCounters,
  rate: z.number().describe('records a second, last minute'),
  backlog: SourceBacklog,
  last_record_at: Instant.nullable(),
  created_at: Instant,
})
export type Source = z.infer<typeof Source>

export const Reject = z.object({
  id: idOf('reject'),
  source_id: z.string(),
  source_name: z.string(),
  reason: z.string().describe('stable code, such as json.truncated'),
  detail: z.string(),
  format: z.string(),
  size: z.number(),
  excerpt: z.string().describe('first 2 kB, printable'),
  received_time: Instant,
  replayed_at: Instant.nullable(),
  replayed_as: z
    .string()
    .nullable()
    .describe('format it was read as then; null: as its source said'),
})
export type Reject = z.infer<typeof Reject>
