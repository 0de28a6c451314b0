import type { ChecklistItem, TaskState } from '@haidang/contracts/task'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Tasks of incidents; organisation and TLP are those of the incident and follow it. */
export const task = pgTable('task', {
  id: text('id').primaryKey(),
  incident_id: text('incident_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  incident_number: text('incident_number').notNull(),
  position: integer('position').notNull(),
  title: text('title').notNull(),
  details: text('details').notNull(),
  state: text('state').$type<TaskState>().notNull(),
  assignee_id: text('assignee_id'),
  assignee_organisation_id: text('assignee_organisation_id'),
  due_at: instant('due_at'),
  checklist: json<ChecklistItem[]>('checklist').notNull(),
  depends_on: text('depends_on').array().notNull(),
  template_id: text('template_id'),
  template_task: text('template_task'),
  /** What that was called when it was taken, and which version. */
  template_name: text('template_name').notNull(),
  template_version: integer('template_version'),
  clause: text('clause').notNull(),
  note: text('note').notNull(),
  simulated: boolean('simulated').notNull(),
  created_at: instant('created_at').notNull(),
  created_by_name: text('created_by_name').notNull(),
  updated_at: instant('updated_at').notNull(),
  done_at: instant('done_at'),
  done_by_name: text('done_by_name').notNull(),
  folded: text('folded').notNull(),
  version: integer('version').notNull(),
})
export type TaskRow = typeof task.$inferSelect
