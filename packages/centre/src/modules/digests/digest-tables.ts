import type { JournalDigest } from '@haidang/contracts/journal-digest'
import type { StationDigest } from '@haidang/contracts/station-digest'
import { instant, json } from '@haidang/runtime/database/columns'
import { bigint, date, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** Digests of the journals of nodes below. */
export const stationDigest = pgTable(
  'station_digest',
  {
    station_id: text('station_id').notNull(),
    hash: text('hash').notNull(),
    organisation_id: text('organisation_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    entries: bigint('entries', { mode: 'number' }).notNull(),
    verdict: text('verdict').$type<StationDigest['verdict']>().notNull(),
    fault: text('fault').$type<StationDigest['fault']>(),
    document: json<JournalDigest>('document').notNull(),
    received_at: instant('received_at').notNull(),
    settled_at: instant('settled_at'),
    settled_by: text('settled_by').notNull(),
    settled_reason: text('settled_reason').notNull(),
  },
  (table) => [primaryKey({ columns: [table.station_id, table.hash] })],
)
