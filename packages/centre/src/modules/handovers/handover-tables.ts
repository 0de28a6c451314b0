import type { HandoverState, ItemOutcome, OpenWorkKind } from '@haidang/contracts/handover'
import { instant } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

export const handover = pgTable('handover', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  shift_id: text('shift_id'),
  from_id: text('from_id').notNull(),
  to_id: text('to_id'),
  note: text('note').notNull(),
  automatic: boolean('automatic').notNull(),
  state: text('state').$type<HandoverState>().notNull(),
  prepared_at: instant('prepared_at').notNull(),
  due_at: instant('due_at').notNull(),
  acknowledged_at: instant('acknowledged_at'),
  item_count: integer('item_count').notNull(),
  open_count: integer('open_count').notNull(),
  more: boolean('more').notNull(),
})
export type HandoverRow = typeof handover.$inferSelect

/** Open work as it was when it was handed over; its organisation and TLP follow the object itself. */
export const handoverItem = pgTable(
  'handover_item',
  {
    handover_id: text('handover_id').notNull(),
    position: integer('position').notNull(),
    organisation_id: text('organisation_id').notNull(),
    tlp_rank: smallint('tlp_rank').notNull(),
    kind: text('kind').$type<OpenWorkKind>().notNull(),
    object_id: text('object_id').notNull(),
    page_id: text('page_id').notNull(),
    label: text('label').notNull(),
    title: text('title').notNull(),
    due_at: instant('due_at'),
    unowned: boolean('unowned').notNull(),
    marked: boolean('marked').notNull(),
    note: text('note').notNull(),
    acknowledged_at: instant('acknowledged_at'),
    outcome: text('outcome').$type<ItemOutcome>(),
    to_id: text('to_id'),
  },
  (table) => [primaryKey({ columns: [table.handover_id, table.position] })],
)
export type ItemRow = typeof handoverItem.$inferSelect

/** Shifts whose end the node has seen to. */
export const handoverSeen = pgTable('handover_seen', {
  shift_id: text('shift_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  seen_at: instant('seen_at').notNull(),
})
