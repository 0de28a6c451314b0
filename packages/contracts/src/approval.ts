import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { ExportQuery } from './journal-export.ts'
import { OrderDraft } from './order.ts'
import { Ring } from './rule-set.ts'
import { SheetFormat } from './sheet-import.ts'
import { Tlp } from './tlp.ts'

/** Whether an act of a kind needs a second person. */
export const ApprovalMode = z.enum(['always', 'when_possible', 'never'])
export type ApprovalMode = z.infer<typeof ApprovalMode>

/** Acts that do much at once and are hard to take back. */
export const ApprovalKind = z.enum([
  'rule-set.publish',
  'rule-set.roll-out',
  'order.issue',
  'journal.export',
  'organisation.export',
  'system.export',
  'expert.export',
  'approval-policy.change',
])
export type ApprovalKind = z.infer<typeof ApprovalKind>

/** Kinds that count by size, and what their threshold counts. */
export const sizedKinds = {
  'order.issue': 'addressees',
  'journal.export': 'rows',
  'organisation.export': 'rows',
  'system.export': 'rows',
  'expert.export': 'rows',
} as const satisfies Partial<Record<ApprovalKind, 'addressees' | 'rows'>>

/** When one kind of act needs a second person, and how long it waits for one. */
export const ApprovalRule = z.object({
  kind: ApprovalKind,
  mode: ApprovalMode,
  threshold: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .describe('from this size on; null: at any size'),
  stands_hours: z.int().min(1).max(720).describe('how long a request may be decided on and used'),
})
export type ApprovalRule = z.infer<typeof ApprovalRule>

const PolicyText = z.object({
  effective_from: Instant,
  rules: z.array(ApprovalRule),
  reason: z.string(),
  clause: z.string().describe('what it rests on'),
})

/** One version of the policy; version 0 is the one shipped. */
export const ApprovalPolicy = PolicyText.extend({
  version: z.int(),
  changed_by: z.string(),
  changed_at: Instant.nullable(),
})
export type ApprovalPolicy = z.infer<typeof ApprovalPolicy>

export const ApprovalPolicyDraft = z.object({
  rules: z
    .array(ApprovalRule)
    .refine(
      (rules) =>
        rules.length === ApprovalKind.options.length &&
        new Set(rules.map(({ kind }) => kind)).size === rules.length,
      'every kind of act once',
    ),
  effective_from: Instant.optional().describe('not before now, which it is unless told'),
  reason: z.string().trim().min(3).max(1_000),
  clause: z.string().trim().max(300).default(''),
  based_on: z.int().min(0).describe('newest version when it was written'),
})
export type ApprovalPolicyDraft = z.infer<typeof ApprovalPolicyDraft>

/** What of a list is handed out, and how. */
const SheetAsked = z.object({ format: SheetFormat, filter: z.string().max(2_048).optional() })

/** What exactly is asked for. */
export const ApprovalAct = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rule-set.publish'),
    payload: z.object({
      note: z.string().trim().max(4000).default(''),
      content: z.string().max(64).optional().describe('hash of what is published; set by the node'),
    }),
  }),
  z.object({
    kind: z.literal('rule-set.roll-out'),
    payload: z.object({ number: z.int().min(1).max(1_000_000_000), ring: Ring }),
  }),
  z.object({ kind: z.literal('order.issue'), payload: OrderDraft }),
  z.object({ kind: z.literal('journal.export'), payload: ExportQuery }),
  z.object({ kind: z.literal('organisation.export'), payload: SheetAsked }),
  z.object({ kind: z.literal('system.export'), payload: SheetAsked }),
  z.object({ kind: z.literal('expert.export'), payload: SheetAsked }),
  z.object({ kind: z.literal('approval-policy.change'), payload: ApprovalPolicyDraft }),
])
export type ApprovalAct = z.infer<typeof ApprovalAct>
export type PayloadOf<K extends ApprovalKind> = Extract<ApprovalAct, { kind: K }>['payload']

export const ApprovalState = z.enum(['open', 'approved', 'done', 'refused', 'withdrawn', 'expired'])
export type ApprovalState = z.infer<typeof ApprovalState>

const Words = z.object({ vi: z.string(), en: z.string() })

/** One line of what an act would do, as it was when asked for. */
export const ApprovalFact = z.object({
  name: z.enum([
    'version',
    'note',
    'rules',
    'tunings',
    'added',
    'removed',
    'changed',
    'hash',
    'ring',
    'title',
    'order_kind',
    'urgency',
    'addressees',
    'actions',
    'due',
    'format',
    'filter',
    'rows',
    'policy',
  ]),
  values: z.array(z.union([z.string(), Words])),
})
export type ApprovalFact = z.infer<typeof ApprovalFact>

/** A dangerous act somebody asks another person to approve. */
export const Approval = z.object({
  id: idOf('approval'),
  kind: ApprovalKind,
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  tlp: Tlp,
  state: ApprovalState,
  size: z.int().describe('addressees, rows or 1'),
  facts: z.array(ApprovalFact),
  payload: z.unknown().describe('what is carried out, word for word'),
  digest: z.string().describe('SHA-256 over kind, organisation and payload, RFC 8785 form'),
  reason: z.string(),
  asked_by_id: z.string(),
  asked_by: z.string(),
  asked_at: Instant,
  expires_at: Instant,
  decided_by: z.string(),
  decided_at: Instant.nullable(),
  decision: z.string().describe('why it was decided so'),
  outcome: z.string().describe('id of what came of it; empty: nothing yet'),
  done_at: Instant.nullable(),
  mine: z.boolean().describe('asked by the reader'),
  may_decide: z.boolean().describe('open, and the reader may decide on it'),
})
export type Approval = z.infer<typeof Approval>

/** How many requests wait. */
export const ApprovalsWaiting = z.object({
  for_me: z.int().describe('open requests the reader may decide on; at most 100 are counted'),
  mine: z.int().describe('requests of the reader that are open, or approved and not yet used'),
})
export type ApprovalsWaiting = z.infer<typeof ApprovalsWaiting>
