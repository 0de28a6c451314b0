import type {
  DeadlineRecipient,
  DeadlineRule,
  DeadlineState,
  DeadlineStep,
  DeadlineSubject,
} from '@haidang/contracts/deadline'
import type { IncidentGrade } from '@haidang/contracts/incident'
import type { DeadlineTrigger } from '@haidang/contracts/regulation'
import { instant, json } from '@haidang/runtime/database/columns'
import { boolean, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

interface Words {
  readonly vi: string
  readonly en: string
}

/** Deadlines; `organisation_id` is held to it, `watcher_id` set it (an issuer of orders). */
export const deadline = pgTable('deadline', {
  id: text('id').primaryKey(),
  subject_kind: text('subject_kind').$type<DeadlineSubject>().notNull(),
  subject_id: text('subject_id').notNull(),
  subject_label: text('subject_label').notNull(),
  organisation_id: text('organisation_id').notNull(),
  watcher_id: text('watcher_id'),
  tlp_rank: smallint('tlp_rank').notNull(),
  assignee_id: text('assignee_id'),
  simulated: boolean('simulated').notNull(),
  grade: text('grade').$type<IncidentGrade>(),
  key: text('key').notNull(),
  trigger: text('trigger').$type<DeadlineTrigger>(),
  from_at: instant('from_at').notNull(),
  name: json<Words>('name').notNull(),
  rule: json<DeadlineRule | null>('rule'),
  due_at: instant('due_at'),
  missing_year: integer('missing_year'),
  state: text('state').$type<DeadlineState>().notNull(),
  met_at: instant('met_at'),
  note: text('note').notNull(),
  acknowledged_at: instant('acknowledged_at'),
  acknowledged_by: text('acknowledged_by'),
  round: integer('round').notNull(),
})
export type DeadlineRow = typeof deadline.$inferSelect

/** Steps of reminders and escalation; a deadline that moves begins another round of them. */
export const deadlineStep = pgTable(
  'deadline_step',
  {
    deadline_id: text('deadline_id').notNull(),
    organisation_id: text('organisation_id').notNull(),
    watcher_id: text('watcher_id'),
    tlp_rank: smallint('tlp_rank').notNull(),
    round: integer('round').notNull(),
    step: text('step').notNull(),
    name: json<Words>('name').notNull(),
    kind: text('kind').$type<DeadlineStep['kind']>().notNull(),
    at: instant('at').notNull(),
    tell: json<DeadlineRecipient[]>('tell').notNull(),
    until_acknowledged: boolean('until_acknowledged').notNull(),
    state: text('state').$type<DeadlineStep['state']>().notNull(),
    taken_at: instant('taken_at'),
    late: boolean('late').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deadline_id, table.round, table.step] })],
)
export type DeadlineStepRow = typeof deadlineStep.$inferSelect
