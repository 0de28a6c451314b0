import type { NotificationPreference } from '@haidang/contracts/notification-preference'
import { instant, json } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'

/** How people want to be told by mail. */
export const notificationPreference = pgTable('notification_preference', {
  person_id: text('person_id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  preference: json<NotificationPreference>('preference').notNull(),
  updated_at: instant('updated_at').notNull(),
})
export type PreferenceRow = typeof notificationPreference.$inferSelect
