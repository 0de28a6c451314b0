import type {
  DeliveryCause,
  DeliveryProtection,
  DeliveryState,
} from '@haidang/contracts/notification'
import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Language } from '@haidang/contracts/person'
import { instant } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

export const notification = pgTable('notification', {
  id: text('id').primaryKey(),
  once: text('once').notNull(),
  organisation_id: text('organisation_id').notNull(),
  sender_id: text('sender_id'),
  sender_person_id: text('sender_person_id'),
  tlp_rank: smallint('tlp_rank').notNull(),
  kind: text('kind').$type<NotificationKind>().notNull(),
  object_id: text('object_id').notNull(),
  person_id: text('person_id'),
  contact_id: text('contact_id'),
  title: text('title').notNull(),
  text: text('text').notNull(),
  path: text('path').notNull(),
  urgent: boolean('urgent').notNull(),
  created_at: instant('created_at').notNull(),
  read_at: instant('read_at'),
})
export type NotificationRow = typeof notification.$inferSelect

export const delivery = pgTable('delivery', {
  id: text('id').primaryKey(),
  notification_id: text('notification_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  sender_id: text('sender_id'),
  tlp_rank: smallint('tlp_rank').notNull(),
  kind: text('kind').$type<NotificationKind>().notNull(),
  object_id: text('object_id').notNull(),
  title: text('title').notNull(),
  recipient_name: text('recipient_name').notNull(),
  address: text('address').notNull(),
  language: text('language').$type<Language>().notNull(),
  urgent: boolean('urgent').notNull(),
  state: text('state').$type<DeliveryState>().notNull(),
  cause: text('cause').$type<DeliveryCause>().notNull(),
  answer: text('answer').notNull(),
  protection: text('protection').$type<DeliveryProtection>().notNull(),
  key_fingerprint: text('key_fingerprint').notNull(),
  timing: text('timing').$type<'' | 'single' | 'digest'>().notNull(),
  digest_id: text('digest_id').notNull(),
  planned_at: instant('planned_at'),
  attempts: integer('attempts').notNull(),
  sealed: text('sealed').notNull(),
  due_at: instant('due_at').notNull(),
  leased_at: instant('leased_at'),
  created_at: instant('created_at').notNull(),
  sent_at: instant('sent_at'),
})
export type DeliveryRow = typeof delivery.$inferSelect
