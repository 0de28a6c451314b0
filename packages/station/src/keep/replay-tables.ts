import type { Alert } from '@haidang/contracts/alert'
import type { RecordFormat } from '@haidang/contracts/record-format'
import type { RejectChoice, RejectReplay } from '@haidang/contracts/reject-replay'
import { instant, json } from '@haidang/runtime/database/columns'
import type { Scope } from '@haidang/runtime/database/database'
import { bigint, customType, integer, pgTable, text } from 'drizzle-orm/pg-core'

const count = (name: string) => bigint(name, { mode: 'number' })
const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** Parsing kept rejects again, and how far it is. */
export const rejectReplay = pgTable('reject_replay', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  scope: json<Scope>('scope').notNull(),
  choice: json<RejectChoice>('choice').notNull(),
  format: text('format').$type<RecordFormat>(),
  state: text('state').$type<RejectReplay['state']>().notNull(),
  total: count('total').notNull(),
  done: count('done').notNull(),
  events: count('events').notNull(),
  after_id: text('after_id').notNull(),
  last_id: text('last_id').notNull(),
  problem: text('problem'),
  created_at: instant('created_at').notNull(),
  ended_at: instant('ended_at'),
})
export type ReplayRow = typeof rejectReplay.$inferSelect

/** A reject that became an event in a step. */
export interface ParsedReject {
  readonly id: string
  readonly source_id: string
  readonly organisation_id: string
  /** Milliseconds since the epoch. */
  readonly received_at: number
}

/** The step a replay is at, with what was made of it. */
export const rejectReplayStep = pgTable('reject_replay_step', {
  replay_id: text('replay_id').primaryKey(),
  last_id: text('last_id').notNull(),
  records: integer('records').notNull(),
  rows: bytes('rows').notNull(),
  alerts: json<Alert[]>('alerts').notNull(),
  parsed: json<ParsedReject[]>('parsed').notNull(),
})
export type ReplayStep = typeof rejectReplayStep.$inferSelect
