import { instant } from '@haidang/runtime/database/columns'
import { pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Since when clusters wait for somebody to acknowledge them. */
export const unacknowledgedCluster = pgTable('unacknowledged_cluster', {
  cluster_id: text('cluster_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  since: instant('since').notNull(),
  /** How many steps of its escalation were taken. */
  steps: smallint('steps').notNull(),
})
