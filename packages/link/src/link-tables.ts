import type { DownStream, LinkStream } from '@haidang/contracts/link'
import { instant } from '@haidang/runtime/database/columns'
import { bigint, boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

export type Direction = 'up' | 'down'

/** Counters of one numbered stream on its way; `node_id` is empty towards the parent. */
export const linkBox = pgTable(
  'link_box',
  {
    direction: text('direction').$type<Direction>().notNull(),
    node_id: text('node_id').notNull(),
    stream: text('stream').$type<LinkStream>().notNull(),
    last: bigint('last', { mode: 'number' }).notNull(),
    confirmed: bigint('confirmed', { mode: 'number' }).notNull(),
    waiting: bigint('waiting', { mode: 'number' }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    dropped: bigint('dropped', { mode: 'number' }).notNull(),
    /** Since a restore, until the other side told what it holds. */
    restored: boolean('restored').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.direction, table.node_id, table.stream] })],
)

/** Records above the watermark. A gap record stands for `seq` to `last_seq`, of which `dropped` were records. */
export const linkBoxRecord = pgTable(
  'link_box_record',
  {
    direction: text('direction').$type<Direction>().notNull(),
    node_id: text('node_id').notNull(),
    stream: text('stream').$type<LinkStream>().notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    last_seq: bigint('last_seq', { mode: 'number' }).notNull(),
    dropped: bigint('dropped', { mode: 'number' }).notNull(),
    line: text('line').notNull(),
    size: integer('size').notNull(),
    first_at: instant('first_at').notNull(),
    last_at: instant('last_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.direction, table.node_id, table.stream, table.seq] })],
)

export const linkDownStream = pgTable('link_down_stream', {
  stream: text('stream').$type<DownStream>().primaryKey(),
  stored: bigint('stored', { mode: 'number' }).notNull(),
})

export const linkTrustedKey = pgTable(
  'link_trusted_key',
  {
    organisation_id: text('organisation_id').notNull(),
    kid: text('kid').notNull(),
    node_id: text('node_id').notNull(),
    organisation_name: text('organisation_name').notNull(),
    x: text('x').notNull(),
    valid_from: instant('valid_from').notNull(),
    valid_to: instant('valid_to'),
  },
  (table) => [primaryKey({ columns: [table.organisation_id, table.kid] })],
)

/** This node's request that waits for an answer by file: at most one row. */
export const linkJoinRequest = pgTable('link_join_request', {
  one: boolean('one').primaryKey().default(true),
  request_id: text('request_id').notNull(),
  fingerprint: text('fingerprint').notNull(),
  expires_at: instant('expires_at').notNull(),
})

/** The signing keys this node ever had; `how` says why one ended. */
export const linkSigningKey = pgTable('link_signing_key', {
  kid: text('kid').primaryKey(),
  x: text('x').notNull(),
  valid_from: instant('valid_from').notNull(),
  valid_to: instant('valid_to'),
  how: text('how').$type<'rotated' | 'lost'>(),
})
export type SigningKeyRow = typeof linkSigningKey.$inferSelect

/** Every envelope sent and received, as it stood on the wire. */
export const linkEnvelope = pgTable('link_envelope', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  envelope_id: text('envelope_id').notNull(),
  direction: text('direction').$type<'sent' | 'received'>().notNull(),
  node_id: text('node_id').notNull(),
  type: text('type').notNull(),
  from_organisation: text('from_organisation').notNull(),
  to_organisation: text('to_organisation').notNull(),
  state: text('state').$type<EnvelopeState>().notNull(),
  problem: text('problem').notNull(),
  line: text('line').notNull(),
  recorded_at: instant('recorded_at').notNull(),
})
export type EnvelopeState = 'sent' | 'accepted' | 'unsupported' | 'refused'

/** The tie to the parent: at most one row. */
export const linkParent = pgTable('link_parent', {
  one: boolean('one').primaryKey().default(true),
  state: text('state').$type<TieState>().notNull(),
  parent_url: text('parent_url').notNull(),
  authority: text('authority').notNull(),
  ticket: text('ticket').notNull(),
  retry_seconds: integer('retry_seconds').notNull(),
  certificate: text('certificate'),
  certificate_from: instant('certificate_from'),
  certificate_expires_at: instant('certificate_expires_at'),
  parent_node_id: text('parent_node_id'),
  parent_name: text('parent_name'),
  parent_organisation_id: text('parent_organisation_id'),
  parent_organisation_code: text('parent_organisation_code'),
  parent_organisation_name: text('parent_organisation_name'),
  organisation_id: text('organisation_id'),
  since: instant('since').notNull(),
  problem: text('problem'),
})
export type TieState = 'pending' | 'connected' | 'cut' | 'rejected' | 'revoked' | 'rekey'
export type TieRow = typeof linkParent.$inferSelect
