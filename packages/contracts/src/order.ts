import { z } from 'zod'
import { AnswerProof } from './answer-proof.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { BasisRef, CitedBasis } from './order-basis.ts'
import { Tlp } from './tlp.ts'

/** The one ladder of receipts, the same in code, link, API and screen (house.md). */
export const LadderStep = z.enum([
  'issued',
  'delivered',
  'read',
  'accepted',
  'disputed',
  'acting',
  'completed',
  'verified',
  'returned',
  'closed',
])
export type LadderStep = z.infer<typeof LadderStep>

/** Order binds members and ISPs; request asks (form 06 title, TT 20/2017). */
export const OrderKind = z.enum(['order', 'request'])
export type OrderKind = z.infer<typeof OrderKind>

/** Urgency classes of Vietnamese official documents: thường, khẩn, thượng khẩn, hỏa tốc. */
export const Urgency = z.enum(['normal', 'urgent', 'very_urgent', 'immediate'])
export type Urgency = z.infer<typeof Urgency>

export const ActionKind = z.enum([
  'block_ip',
  'block_domain',
  'sinkhole',
  'isolate',
  'collect_log',
  'collect_sample',
  'forensic_image',
  'patch',
  'change_password',
  'notify_users',
  'send_team',
  'deploy_sensor',
  'provide_data',
  'other',
])
export type ActionKind = z.infer<typeof ActionKind>

/** One thing an addressee must do. */
export const RequiredAction = z.object({
  id: z.string().max(60),
  kind: ActionKind,
  text: z.string().trim().min(1).max(4000),
  due_at: Instant.nullable().default(null),
  indicators: z.array(z.string().max(2048)).max(5000).default([]),
  by_owner: z
    .boolean()
    .optional()
    .describe('each addressee gets those indicators only that are its own by attribution'),
})
export type RequiredAction = z.infer<typeof RequiredAction>

export const ActionResult = z.object({
  action_id: z.string().max(60),
  outcome: z.enum(['done', 'partial', 'not_done']),
  note: z.string().trim().max(4000).default(''),
  acted_at: Instant.optional(),
})
export type ActionResult = z.infer<typeof ActionResult>

/** Bytes one file, and all files of one step, may have: they travel inside an envelope. */
export const largestEvidence = 5 * 1024 * 1024

/** A file that proves what was done; its bytes lie in the blob store under their hash. */
export const EvidenceFile = z.object({
  id: idOf('evidence'),
  name: z.string().max(300),
  size: z.number(),
  sha256: z.string(),
  media_type: z.string().max(200),
})
export type EvidenceFile = z.infer<typeof EvidenceFile>

/** One entry on the ladder of one addressee. `progressed` is an entry inside acting, `refused` one beside it: no steps. */
export const LadderEntry = z.object({
  id: z.string(),
  step: z
    .union([LadderStep, z.literal(['progressed', 'refused'])])
    .describe('`refused`: an answer that came after a withdrawal or to a replaced version'),
  time: Instant,
  actor_name: z.string(),
  via: z.enum(['portal', 'mail', 'link', 'system']),
  note: z.string(),
  results: z.array(ActionResult),
  evidence: z.array(EvidenceFile),
  version: z.int().min(1).default(1).describe('version of the order it was said to'),
  help: z.boolean().default(false).describe('the addressee cannot do it alone'),
  proof: AnswerProof.nullable().default(null).describe('of an answer by the link in a mail'),
})
export type LadderEntry = z.infer<typeof LadderEntry>

export const Addressee = z.object({
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  role: z.enum(['lead', 'coordinate', 'for_information']),
  step: LadderStep,
  due_at: Instant.nullable(),
  overdue: z.boolean(),
  over_link: z.boolean().describe('reached through its own node'),
  version: z.int().describe('version of the order this ladder is climbed for'),
  withdrawn_at: Instant.nullable().describe('the order no longer holds for this addressee'),
  withdrawal: z.string().describe('why'),
  reminded_at: Instant.nullable(),
  indicators: z
    .record(z.string(), z.array(z.string()))
    .describe('by action: those that are this addressee’s own'),
  entries: z.array(LadderEntry),
})
export type Addressee = z.infer<typeof Addressee>

/** One rung reached, without what was said there. */
export const LadderMark = LadderEntry.pick({ id: true, step: true, time: true, actor_name: true })
export type LadderMark = z.infer<typeof LadderMark>

/** One line of the matrix: a ladder with the marks of its rungs. */
export const LadderLine = Addressee.omit({ entries: true, indicators: true }).extend({
  entries: z.array(LadderMark),
})
export type LadderLine = z.infer<typeof LadderLine>

/** How far everybody has come whose ladder the reader may see. */
export const OrderTally = z.object({
  addressees: z.int(),
  acting: z.int().describe('those who must act, without those it was withdrawn for'),
  answered: z.int().describe('of those, whose result is in'),
  overdue: z.int(),
  undelivered: z.int().describe('not yet told'),
  withdrawn: z.int(),
  steps: z.partialRecord(LadderStep, z.int()).describe('ladders standing at each step'),
})
export type OrderTally = z.infer<typeof OrderTally>

/** Ladders that come with an order; the others are read page by page. */
export const mostLaddersShown = 20

export const Order = z.object({
  id: idOf('order'),
  number: z.string(),
  kind: OrderKind,
  urgency: Urgency,
  title: z.string(),
  situation: z.string(),
  actions: z.array(RequiredAction),
  legal_basis: z.array(z.string()),
  bases: z
    .array(CitedBasis)
    .describe('of the legal basis: what regulation profiles said on the day of issue'),
  tlp: Tlp,
  state: z.enum(['issued', 'withdrawn', 'closed']),
  issuer_id: idOf('organisation'),
  issuer_name: z.string(),
  mine: z
    .enum(['issuer', 'addressee', 'observer'])
    .describe('what the reader’s organisation is to it'),
  incident_id: z.string().nullable(),
  report_due_at: Instant.nullable(),
  version: z.int().describe('raised by every change of what is asked'),
  tally: OrderTally,
  addressees: z
    .array(Addressee)
    .describe(`the reader’s own ladder, or the first ${mostLaddersShown}, late ones first`),
  simulated: z.boolean(),
  issued_by_name: z.string(),
  issued_at: Instant,
  updated_at: Instant,
  closed_at: Instant.nullable(),
  withdrawal: z.string().optional().describe('why it was withdrawn'),
})
export type Order = z.infer<typeof Order>

/** Whom one order may be addressed to at most. */
export const mostAddressees = 10_000

export const OrderDraft = z.object({
  kind: OrderKind.default('order'),
  urgency: Urgency.default('normal'),
  title: z.string().trim().min(3).max(300),
  situation: z.string().trim().min(1).max(20_000),
  actions: z.array(RequiredAction).min(1).max(50),
  legal_basis: z.array(z.string().trim().min(1).max(300)).max(20).default([]),
  bases: z
    .array(BasisRef)
    .max(10)
    .optional()
    .describe('entries of regulation profiles; their words stand before the legal basis'),
  tlp: Tlp.default('amber'),
  incident_id: idOf('incident').nullable().default(null),
  report_due_at: Instant,
  addressees: z
    .array(
      z.object({
        organisation_id: idOf('organisation'),
        role: z.enum(['lead', 'coordinate', 'for_information']).default('lead'),
        indicators: z
          .record(z.string().max(60), z.array(z.string().max(2048)).max(5000))
          .optional()
          .describe('by action: those that are this addressee’s own'),
      }),
    )
    .min(1)
    .max(mostAddressees),
  request_id: z
    .uuid()
    .optional()
    .describe('chosen by the caller; the same again answers the order issued before'),
})
export type OrderDraft = z.infer<typeof OrderDraft>

/** A step somebody takes on a ladder. */
export const StepDraft = z.object({
  organisation_id: idOf('organisation').describe('whose ladder'),
  step: z.union([LadderStep.exclude(['issued', 'delivered']), z.literal('progressed')]),
  note: z.string().trim().max(10_000).default(''),
  results: z.array(ActionResult).max(50).default([]),
  evidence: z.array(idOf('evidence')).max(50).default([]),
  help: z.boolean().optional().describe('with progressed: the addressee asks for help'),
  version: z
    .int()
    .min(1)
    .optional()
    .describe('version of the order this answers; refused where it was replaced meanwhile'),
  seen: z
    .string()
    .max(60)
    .optional()
    .describe('id of the last entry the writer saw; refused where somebody wrote since'),
})
export type StepDraft = z.infer<typeof StepDraft>
