import type { Logsource } from '@haidang/contracts/event'
import type { KafkaShown } from '@haidang/contracts/kafka'
import type { RecordFormat } from '@haidang/contracts/record-format'
import type { RecordReading } from '@haidang/contracts/record-reading'
import type { CollectorKind } from '@haidang/contracts/source'
import type { SourceLimits } from '@haidang/contracts/source-limits'
import type { Tlp } from '@haidang/contracts/tlp'
import { instant, json } from '@haidang/runtime/database/columns'
import {
  bigint,
  boolean,
  customType,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core'

const count = (name: string) => bigint(name, { mode: 'number' })
const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** Where records come from; a removed source keeps its row. */
export const source = pgTable('source', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  name: text('name').notNull(),
  collector: text('collector').$type<CollectorKind>().notNull(),
  format: text('format').$type<RecordFormat>().notNull(),
  senders: json<string[]>('senders').notNull(),
  path: text('path'),
  kafka: json<KafkaShown>('kafka'),
  sealed_secrets: text('sealed_secrets'),
  zone: text('zone').notNull(),
  reading: json<RecordReading>('reading').notNull(),
  tlp: text('tlp').$type<Tlp>().notNull(),
  logsource: json<Logsource>('logsource').notNull(),
  expect_every_seconds: integer('expect_every_seconds').notNull(),
  product: text('product'),
  draft: boolean('draft').notNull(),
  limits: json<SourceLimits>('limits').notNull(),
  token_hash: text('token_hash'),
  paused: boolean('paused').notNull(),
  created_at: instant('created_at').notNull(),
  removed_at: instant('removed_at'),
})
export type SourceRow = typeof source.$inferSelect

/** What became of the records of a source. */
export const sourceCounter = pgTable('source_counter', {
  source_id: text('source_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  parsed: count('parsed').notNull(),
  rejected: count('rejected').notNull(),
  dropped: count('dropped').notNull(),
  duplicated_possible: count('duplicated_possible').notNull(),
  bytes: count('bytes').notNull(),
  last_record_at: instant('last_record_at'),
})
export type CounterRow = typeof sourceCounter.$inferSelect

/** Records that could not be parsed; bytes in `body`, or above 64 kB in the blob named. */
export const reject = pgTable('reject', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  source_id: text('source_id').notNull(),
  source_name: text('source_name').notNull(),
  origin: text('origin').notNull(),
  segment: count('segment').notNull(),
  offset: count('offset').notNull(),
  reason: text('reason').notNull(),
  detail: text('detail').notNull(),
  format: text('format').notNull(),
  size: integer('size').notNull(),
  excerpt: text('excerpt').notNull(),
  body: bytes('body'),
  blob: text('blob'),
  received_time: instant('received_time').notNull(),
  replayed_at: instant('replayed_at'),
  replayed_as: text('replayed_as'),
})
export type RejectRow = typeof reject.$inferSelect

/** How far the line is in the spool; one row. */
export const lineCheckpoint = pgTable('line_checkpoint', {
  name: text('name').primaryKey(),
  segment: count('segment').notNull(),
  offset: count('offset').notNull(),
  stopped: boolean('stopped').notNull(),
})

/** How far files are read. */
export const fileCheckpoint = pgTable(
  'file_checkpoint',
  {
    source_id: text('source_id').notNull(),
    file: text('file').notNull(),
    path: text('path').notNull(),
    offset: count('offset').notNull(),
    seen_at: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.source_id, table.file] })],
)

/** How far partitions of Kafka are read. */
export const kafkaPosition = pgTable(
  'kafka_position',
  {
    source_id: text('source_id').notNull(),
    log: text('log').notNull(),
    partition: integer('partition').notNull(),
    topic: text('topic').notNull(),
    next_offset: count('next_offset').notNull(),
    incarnation: integer('incarnation').notNull(),
    seen_at: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.source_id, table.log, table.partition] })],
)

/** Batches already taken in, by the identity their sender gave them. */
export const batchKey = pgTable(
  'batch_key',
  {
    source_id: text('source_id').notNull(),
    key: text('key').notNull(),
    records: integer('records').notNull(),
    kept_at: instant('kept_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.source_id, table.key] })],
)
