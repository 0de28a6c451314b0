import { instant } from '@haidang/runtime/database/columns'
import { pgTable, text } from 'drizzle-orm/pg-core'

/** Organisations that share with each other. */
export const sharingGroup = pgTable('sharing_group', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  purpose: text('purpose').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
})

export const sharingGroupMember = pgTable('sharing_group_member', {
  group_id: text('group_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  added_at: instant('added_at').notNull(),
})
export type GroupRow = typeof sharingGroup.$inferSelect
export type GroupMemberRow = typeof sharingGroupMember.$inferSelect
