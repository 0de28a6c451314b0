import type {
  FiledApplication,
  MembershipAct,
  MembershipAgreement,
} from '@haidang/contracts/membership'
import type { MembershipState } from '@haidang/contracts/membership-state'
import { instant, json } from '@haidang/runtime/database/columns'
import { bigint, pgTable, text } from 'drizzle-orm/pg-core'

/** Append-only: how memberships came where they are. */
export const membershipStep = pgTable('membership_step', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  act: text('act').$type<MembershipAct>().notNull(),
  state: text('state').$type<MembershipState>().notNull(),
  reason: text('reason').notNull(),
  application: json<FiledApplication | null>('application'),
  agreement: json<MembershipAgreement | null>('agreement'),
  actor_id: text('actor_id').notNull(),
  actor_name: text('actor_name').notNull(),
  at: instant('at').notNull(),
  /** The order of the acts, also of those of one moment. */
  seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
})
export type MembershipStepRow = Omit<typeof membershipStep.$inferSelect, 'seq'>
