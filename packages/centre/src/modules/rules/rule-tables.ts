import type { Logsource } from '@haidang/contracts/event'
import type { LibraryRuleStatus } from '@haidang/contracts/rule-library'
import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

export const libraryRule = pgTable('library_rule', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  sigma_id: text('sigma_id').notNull(),
  title: text('title').notNull(),
  description: text('description').notNull(),
  severity_rank: smallint('severity_rank').notNull(),
  logsource: json<Logsource>('logsource').notNull(),
  tags: json<string[]>('tags').notNull(),
  author: text('author').notNull(),
  path: text('path').notNull(),
  status: text('status').$type<LibraryRuleStatus>().notNull(),
  version: integer('version').notNull(),
  approved_version: integer('approved_version'),
  published_version: integer('published_version'),
  author_id: text('author_id').notNull(),
  author_name: text('author_name').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
  folded: text('folded').notNull(),
})
export type LibraryRuleRow = typeof libraryRule.$inferSelect

export const libraryRuleVersion = pgTable(
  'library_rule_version',
  {
    rule_id: text('rule_id').notNull(),
    version: integer('version').notNull(),
    organisation_id: text('organisation_id').notNull(),
    tlp_rank: smallint('tlp_rank').notNull(),
    hash: text('hash').notNull(),
    text: text('text').notNull(),
    author_id: text('author_id').notNull(),
    author_name: text('author_name').notNull(),
    created_at: instant('created_at').notNull(),
    verdict: text('verdict').$type<'approved' | 'returned'>(),
    reviewer_id: text('reviewer_id'),
    reviewer_name: text('reviewer_name'),
    reviewed_at: instant('reviewed_at'),
    review_note: text('review_note').notNull(),
  },
  (table) => [primaryKey({ columns: [table.rule_id, table.version] })],
)
export type RuleVersionRow = typeof libraryRuleVersion.$inferSelect

export const ruleTuning = pgTable('rule_tuning', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  rule_id: text('rule_id').notNull(),
  sigma_id: text('sigma_id').notNull(),
  rule_title: text('rule_title').notNull(),
  text: text('text').notNull(),
  selection: text('selection').notNull(),
  reason: text('reason').notNull(),
  expires_at: instant('expires_at').notNull(),
  ended_at: instant('ended_at'),
  author_id: text('author_id').notNull(),
  author_name: text('author_name').notNull(),
  created_at: instant('created_at').notNull(),
})
export type TuningRow = typeof ruleTuning.$inferSelect
