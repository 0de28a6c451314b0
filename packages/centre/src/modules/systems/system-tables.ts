import type {
  Importance,
  LevelApproval,
  LogSource,
  MonitoringStage,
  OfferedService,
  Software,
  SystemDraft,
} from '@haidang/contracts/system'
import type { Declaration } from '@haidang/contracts/system-declaration'
import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Information systems of the register. */
export const informationSystem = pgTable('information_system', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  operator_id: text('operator_id'),
  tlp_rank: smallint('tlp_rank').notNull(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  folded_name: text('folded_name').notNull(),
  purpose: text('purpose').notNull(),
  level: smallint('level'),
  level_approval: text('level_approval').$type<LevelApproval>().notNull(),
  level_decision: json<SystemDraft['level_decision']>('level_decision'),
  importance: json<Importance[]>('importance').notNull(),
  declaration: json<Declaration>('declaration').notNull(),
  software: json<Software[]>('software').notNull(),
  services: json<OfferedService[]>('services').notNull(),
  log_sources: json<LogSource[]>('log_sources').notNull(),
  station_ids: json<string[]>('station_ids').notNull(),
  direct_stage: text('direct_stage').$type<MonitoringStage>().notNull(),
  indirect_stage: text('indirect_stage').$type<MonitoringStage>().notNull(),
  range_count: integer('range_count').notNull(),
  completeness: smallint('completeness').notNull(),
  missing: json<string[]>('missing').notNull(),
  completeness_profile: text('completeness_profile').notNull(),
  version: integer('version').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
})
