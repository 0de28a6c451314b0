import { z } from 'zod'
import { idOf } from './id.ts'
import { Day } from './inspection.ts'
import { Instant } from './instant.ts'

/** Where an effort sheet stands (1622 II.3.b: workload, wear and payment of who responded when asked to). */
export const EffortState = z.enum([
  'draft',
  'submitted',
  'returned',
  'checked',
  'agreed',
  'approved',
  'paid',
  'withdrawn',
])
export type EffortState = z.infer<typeof EffortState>

/** What is done with a sheet; each leaves a line in its history. */
export const EffortStep = z.enum([
  'submitted',
  'returned',
  'checked',
  'agreed',
  'contested',
  'approved',
  'paid',
  'withdrawn',
])
export type EffortStep = z.infer<typeof EffortStep>

const Name = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) })
const Choice = z.strictObject({ id: z.string().regex(/^[a-z_]{2,40}$/), name: Name })

/** Kinds of effort and sources of money: data, since norms and budgets change by decree. */
export const EffortRules = z.strictObject({
  profile: z.string().min(1).max(60),
  version: z.int().min(1),
  clause: z.string().min(1).max(200),
  kinds: z
    .array(Choice.extend({ units: z.array(z.string().min(1).max(30)).min(1).max(20) }))
    .min(1)
    .max(50),
  sources: z.array(Choice).min(1).max(50),
})
export type EffortRules = z.infer<typeof EffortRules>

/** Whole dong; 10^13 is more than any response ever cost. */
const Dong = z.int().min(0).max(10_000_000_000_000)
const Quantity = z
  .number()
  .gt(0)
  .max(1_000_000)
  .refine((value) => Number(value.toFixed(3)) === value, 'at most three decimals')

export const EffortLineDraft = z.object({
  kind: z.string().max(40).describe('of the rules of effort'),
  text: z.string().trim().min(3).max(500),
  unit: z.string().trim().min(1).max(30),
  quantity: Quantity,
  unit_price: Dong.describe('dong'),
  basis: z
    .string()
    .trim()
    .max(300)
    .default('')
    .describe('norm, contract or price list it rests on'),
})
export type EffortLineDraft = z.infer<typeof EffortLineDraft>

/** A line as it was claimed and as the issuer found it. */
export const EffortLine = EffortLineDraft.extend({
  amount: z.int().describe('dong, as claimed'),
  checked: z
    .object({ quantity: z.number(), unit_price: z.int(), amount: z.int(), note: z.string() })
    .nullable()
    .describe('null: not checked yet'),
})
export type EffortLine = z.infer<typeof EffortLine>

const lines = z.array(EffortLineDraft).min(1).max(500)

export const EffortDraft = z.object({ lines, note: z.string().trim().max(5_000).default('') })
export type EffortDraft = z.infer<typeof EffortDraft>

/** What was found of one line; a correction says why. */
export const LineCheck = z.object({
  quantity: z.number().min(0).max(1_000_000),
  unit_price: Dong,
  note: z.string().trim().max(500).default(''),
})
export type LineCheck = z.infer<typeof LineCheck>

/** What was found of a whole sheet. */
export const EffortCheck = z.object({
  lines: z.array(LineCheck).min(1).max(500),
  note: z.string().trim().max(1_000).default(''),
})
export type EffortCheck = z.infer<typeof EffortCheck>

export const EffortPayment = z.object({
  source: z.string().max(40).describe('of the rules of effort'),
  paid_on: Day,
  document: z.string().trim().min(1).max(200).describe('number of the payment order'),
})
export type EffortPayment = z.infer<typeof EffortPayment>

export const EffortSheet = z.object({
  id: idOf('effort'),
  order_id: idOf('order'),
  order_number: z.string(),
  order_title: z.string(),
  organisation_id: idOf('organisation').describe('who responded and claims'),
  organisation_name: z.string(),
  issuer_id: idOf('organisation').describe('who issued the order and pays'),
  state: EffortState,
  rules: z.string().describe('profile and version of the rules it was written by'),
  lines: z.array(EffortLine),
  note: z.string(),
  claimed: z.int().describe('dong'),
  checked: z.int().nullable().describe('dong; null: not checked yet'),
  payment: EffortPayment.nullable(),
  history: z.array(
    z.object({ step: EffortStep, actor_name: z.string(), time: Instant, note: z.string() }),
  ),
  simulated: z.boolean(),
  version: z.int(),
  created_at: Instant,
  updated_at: Instant,
})
export type EffortSheet = z.infer<typeof EffortSheet>

/** A sheet as a list has it. */
export const EffortSummary = EffortSheet.omit({ lines: true, history: true })
export type EffortSummary = z.infer<typeof EffortSummary>
