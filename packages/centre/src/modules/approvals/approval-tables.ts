import type {
  ApprovalFact,
  ApprovalKind,
  ApprovalRule,
  ApprovalState,
} from '@haidang/contracts/approval'
import { instant, json } from '@haidang/runtime/database/columns'
import { integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Acts that wait for a second person, and what became of them. */
export const approvalRequest = pgTable('approval_request', {
  id: text('id').primaryKey(),
  kind: text('kind').$type<ApprovalKind>().notNull(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  state: text('state').$type<ApprovalState>().notNull(),
  size: integer('size').notNull(),
  facts: json<ApprovalFact[]>('facts').notNull(),
  payload: json<unknown>('payload').notNull(),
  digest: text('digest').notNull(),
  reason: text('reason').notNull(),
  asked_by_id: text('asked_by_id').notNull(),
  asked_by: text('asked_by').notNull(),
  behind_id: text('behind_id').notNull(),
  also_behind: json<string[]>('also_behind').notNull(),
  asked_at: instant('asked_at').notNull(),
  expires_at: instant('expires_at').notNull(),
  decided_by_id: text('decided_by_id').notNull(),
  decided_by: text('decided_by').notNull(),
  decided_at: instant('decided_at'),
  decision: text('decision').notNull(),
  outcome: text('outcome').notNull(),
  done_at: instant('done_at'),
})
export type ApprovalRow = typeof approvalRequest.$inferSelect

/** Every version of the policy that somebody put into force. */
export const approvalPolicy = pgTable('approval_policy', {
  version: integer('version').primaryKey(),
  effective_from: instant('effective_from').notNull(),
  rules: json<ApprovalRule[]>('rules').notNull(),
  reason: text('reason').notNull(),
  clause: text('clause').notNull(),
  actor_id: text('actor_id').notNull(),
  changed_by: text('changed_by').notNull(),
  changed_at: instant('changed_at').notNull(),
})
export type ApprovalPolicyRow = typeof approvalPolicy.$inferSelect
