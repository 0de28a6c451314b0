import type { MonitoringRequest } from '@haidang/contracts/monitoring'
import { json } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'

/** What is asked of nodes below. */
export const stationMonitoring = pgTable('station_monitoring', {
  station_id: text('station_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  request: json<MonitoringRequest>('request').notNull(),
  actor_name: text('actor_name').notNull(),
})
