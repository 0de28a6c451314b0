import type { Alert, Detector } from '@haidang/contracts/alert'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, customType, pgTable, smallint, text } from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** Alerts of this node and of its children, as far as lists search them. */
export const alert = pgTable('alert', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  node_id: text('node_id').notNull(),
  source_id: text('source_id').notNull(),
  event_id: text('event_id').notNull(),
  time: instant('time').notNull(),
  detected_time: instant('detected_time').notNull(),
  recorded_at: instant('recorded_at').notNull(),
  detector: text('detector').$type<Detector>().notNull(),
  rule_id: text('rule_id').notNull(),
  severity_rank: smallint('severity_rank').notNull(),
  title: text('title').notNull(),
  entity: text('entity').notNull(),
  simulated: boolean('simulated').notNull(),
  cluster_id: text('cluster_id'),
  system_id: text('system_id'),
  owner_id: text('owner_id'),
  owner_range: text('owner_range'),
  /** Its owner, where that one may read it beside who sensed it. */
  shown_to: text('shown_to'),
  /** Whether the register was asked whose it is. */
  attributed: boolean('attributed').notNull(),
  folded: text('folded').notNull(),
  folded_title: text('folded_title').notNull(),
  /** Where the whole of it lies; null: in `alertBody`. */
  pack_id: text('pack_id'),
  pack_line: smallint('pack_line'),
})

/** Whole alerts, some together, read for the page that is shown. */
export const alertPack = pgTable('alert_pack', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  body: bytes('body').notNull(),
})

/** The whole of an alert that lies alone: shown to its owner, or written before there were packs. */
export const alertBody = pgTable('alert_body', {
  alert_id: text('alert_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  body: json<Alert>('body').notNull(),
  shown_to: text('shown_to'),
})
