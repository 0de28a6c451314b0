import type { LinkStream } from '@haidang/contracts/link'
import type { Gap, Heartbeat, StationState } from '@haidang/contracts/station'
import { instant, json } from '@haidang/runtime/database/columns'
import { bigint, boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** One row for each node identity; replaced hardware keeps row and numbering. */
export const station = pgTable('station', {
  id: text('id').primaryKey(),
  node_id: text('node_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  name: text('name').notNull(),
  local: boolean('local').notNull(),
  state: text('state').$type<StationState>().notNull(),
  software: text('software').notNull(),
  location: text('location').notNull(),
  contact: text('contact').notNull(),
  capabilities: json<string[]>('capabilities').notNull(),
  fingerprint: text('fingerprint').notNull(),
  accepted_fingerprint: text('accepted_fingerprint'),
  revoked_fingerprint: text('revoked_fingerprint'),
  csr: text('csr'),
  certificate: text('certificate'),
  certificate_expires_at: instant('certificate_expires_at'),
  ticket_hash: text('ticket_hash'),
  signing_key: text('signing_key').notNull(),
  reason: text('reason').notNull(),
  last_heartbeat_at: instant('last_heartbeat_at'),
  last_data_at: instant('last_data_at'),
  heartbeat: json<Heartbeat>('heartbeat'),
  source_count: integer('source_count').notNull(),
  lacking_sources: integer('lacking_sources').notNull(),
  replaced_by: text('replaced_by'),
  authority: text('authority'),
  renewal_due: boolean('renewal_due').notNull(),
  simulated: boolean('simulated').notNull(),
  joined_at: instant('joined_at'),
  created_at: instant('created_at').notNull(),
})
export type StationRow = typeof station.$inferSelect

/** The watermark of each stream of each station. */
export const stationStream = pgTable(
  'station_stream',
  {
    station_id: text('station_id').notNull(),
    stream: text('stream').$type<LinkStream>().notNull(),
    stored: bigint('stored', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.station_id, table.stream] })],
)

export const stationGap = pgTable('station_gap', {
  id: text('id').primaryKey(),
  station_id: text('station_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  stream: text('stream').$type<Gap['stream']>().notNull(),
  kind: text('kind').$type<Gap['kind']>().notNull(),
  first: bigint('first', { mode: 'number' }),
  last: bigint('last', { mode: 'number' }),
  count: bigint('count', { mode: 'number' }).notNull(),
  from: instant('from').notNull(),
  to: instant('to'),
  reason: text('reason').notNull(),
  recovered: bigint('recovered', { mode: 'number' }).notNull(),
  closed_at: instant('closed_at'),
  created_at: instant('created_at').notNull(),
})

export const stationReject = pgTable('station_reject', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  station_id: text('station_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  stream: text('stream').$type<LinkStream>().notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  reason: text('reason').notNull(),
  line: text('line').notNull(),
  received_at: instant('received_at').notNull(),
})

export const joinCode = pgTable('join_code', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  secret_hash: text('secret_hash').notNull(),
  expires_at: instant('expires_at').notNull(),
  used_at: instant('used_at'),
  used_fingerprint: text('used_fingerprint'),
  created_at: instant('created_at').notNull(),
})
export type JoinCodeRow = typeof joinCode.$inferSelect

/** Requests that came by file, each once. */
export const joinFile = pgTable('join_file', {
  request_id: text('request_id').primaryKey(),
  station_id: text('station_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  fingerprint: text('fingerprint').notNull(),
  received_at: instant('received_at').notNull(),
})
