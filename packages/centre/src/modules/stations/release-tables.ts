import type { ReleasePolicy } from '@haidang/contracts/release'
import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** What owners of nodes below let out, version by version. */
export const stationRelease = pgTable(
  'station_release',
  {
    station_id: text('station_id').notNull(),
    version: integer('version').notNull(),
    organisation_id: text('organisation_id').notNull(),
    policy: json<ReleasePolicy>('policy').notNull(),
    reason: text('reason').notNull(),
    actor_name: text('actor_name').notNull(),
    created_at: instant('created_at'),
    received_at: instant('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.station_id, table.version] })],
)
