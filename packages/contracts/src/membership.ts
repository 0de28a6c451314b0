import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { MembershipState } from './membership-state.ts'
import { plainText } from './plain-text.ts'

/** What moves a membership on. */
export const MembershipAct = z.enum([
  'apply',
  'review',
  'refuse',
  'sign',
  'activate',
  'suspend',
  'resume',
  'leave',
])
export type MembershipAct = z.infer<typeof MembershipAct>

/** From which states an act leads where; what is not here is refused. */
export const membershipMoves: Readonly<
  Record<MembershipAct, { readonly from: readonly MembershipState[]; readonly to: MembershipState }>
> = {
  apply: { from: ['none', 'left'], to: 'applied' },
  review: { from: ['applied'], to: 'reviewed' },
  refuse: { from: ['applied', 'reviewed', 'signed'], to: 'none' },
  sign: { from: ['reviewed'], to: 'signed' },
  activate: { from: ['signed'], to: 'active' },
  suspend: { from: ['active'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'active' },
  leave: { from: ['active', 'suspended'], to: 'left' },
}

/** The acts that are possible in a state, in the order of the table. */
export function membershipActs(state: MembershipState): MembershipAct[] {
  return MembershipAct.options.filter((act) => membershipMoves[act].from.includes(state))
}

/** What a member may do, and what is asked of it. */
export const MembershipRight = z.enum([
  'answers_orders',
  'receives_warnings',
  'joins_groups',
  'takes_part_in_exercises',
])
export type MembershipRight = z.infer<typeof MembershipRight>

/** Rights by state. Orders are answered by law, whoever is a member; the rest comes with membership. */
export const membershipRights: Readonly<Record<MembershipState, readonly MembershipRight[]>> = {
  none: ['answers_orders'],
  applied: ['answers_orders'],
  reviewed: ['answers_orders'],
  signed: ['answers_orders', 'receives_warnings'],
  active: MembershipRight.options,
  suspended: ['answers_orders', 'receives_warnings'],
  left: ['answers_orders'],
}

/** Obligatory members are named by rule, voluntary ones apply (form 02 of TT 20/2017). */
export const MembershipKind = z.enum(['obligatory', 'voluntary'])
export type MembershipKind = z.infer<typeof MembershipKind>

export const MembershipApplication = z.object({
  kind: MembershipKind,
  introduction: z.string().trim().max(5_000).default('').describe('staff, technology, experience'),
  signer: plainText(1, 200).describe('legal representative'),
})
export type MembershipApplication = z.infer<typeof MembershipApplication>

/** An application, and the form it was made by; none: made without one. */
export const FiledApplication = MembershipApplication.extend({ form_id: idOf('form').optional() })
export type FiledApplication = z.infer<typeof FiledApplication>

export const MembershipAgreement = z.object({
  number: plainText(1, 100),
  date: z.iso.date(),
})
export type MembershipAgreement = z.infer<typeof MembershipAgreement>

export const MembershipStep = z.object({
  id: idOf('membershipStep'),
  organisation_id: idOf('organisation'),
  act: MembershipAct,
  state: MembershipState.describe('reached by it'),
  reason: z.string(),
  application: FiledApplication.nullable(),
  agreement: MembershipAgreement.nullable(),
  actor_name: z.string(),
  at: Instant,
})
export type MembershipStep = z.infer<typeof MembershipStep>

export const Membership = z.object({
  organisation_id: idOf('organisation'),
  state: MembershipState,
  rights: z.array(MembershipRight),
  acts: z.array(MembershipAct).describe('possible from here'),
  steps: z.array(MembershipStep).describe('newest first'),
})
export type Membership = z.infer<typeof Membership>

const params = z.object({ id: idOf('organisation') })
const reason = z.string().trim().min(3).max(1_000)

export const membershipApi = {
  get: endpoint({
    method: 'GET',
    path: '/api/v1/organisations/:id/membership',
    permission: 'organisation.read',
    summary: 'How far a membership is, what it allows, and how it came there',
    params,
    reply: Membership,
  }),
  apply: endpoint({
    method: 'POST',
    path: '/api/v1/organisations/:id/membership/application',
    permission: 'organisation.propose',
    summary: 'Apply for membership of one’s organisation',
    params,
    body: MembershipApplication,
    reply: Membership,
  }),
  leave: endpoint({
    method: 'POST',
    path: '/api/v1/organisations/:id/membership/departure',
    permission: 'organisation.propose',
    summary: 'Leave the network',
    params,
    body: z.object({ reason }),
    reply: Membership,
  }),
  move: endpoint({
    method: 'POST',
    path: '/api/v1/organisations/:id/membership',
    permission: 'membership.manage',
    summary: 'Decide on a membership: review, refuse, sign, activate, suspend, resume, leave',
    params,
    body: z.object({
      act: MembershipAct.exclude(['apply']),
      reason,
      agreement: MembershipAgreement.optional().describe('asked for by `sign`'),
    }),
    reply: Membership,
  }),
}
