import { z } from 'zod'
import {
  Approval,
  ApprovalAct,
  ApprovalKind,
  ApprovalPolicy,
  ApprovalPolicyDraft,
  ApprovalsWaiting,
} from './approval.ts'
import { endpoint } from './endpoint.ts'
import { Again } from './factor.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('approval') })
const reason = z.string().trim().min(3).max(1_000)

/** Dangerous acts and the second person they wait for. */
export const approvalApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/approvals',
    permission: 'approval.read',
    summary: 'List requests for a second person’s approval, newest first',
    query: PageQuery,
    reply: pageOf(Approval),
  }),
  waiting: endpoint({
    method: 'GET',
    path: '/api/v1/approvals/waiting',
    permission: 'approval.read',
    summary: 'How many requests wait for the reader, and how many of the reader’s own stand',
    reply: ApprovalsWaiting,
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/approvals/:id',
    permission: 'approval.read',
    summary: 'Read one request: what exactly would be done',
    params,
    reply: Approval,
  }),
  ask: endpoint({
    method: 'POST',
    path: '/api/v1/approvals',
    permission: 'approval.ask',
    summary:
      'Ask another person to approve an act; the same again while it is open answers the same',
    body: z.object({ act: ApprovalAct, reason }),
    reply: Approval,
  }),
  decide: endpoint({
    method: 'POST',
    path: '/api/v1/approvals/:id/decision',
    permission: 'approval.decide',
    summary: 'Approve, which carries it out, or refuse; signed in just now or with the password',
    params,
    body: z.object({
      verdict: z.enum(['approved', 'refused']),
      digest: z.string().max(64).describe('of the request as it was read'),
      reason: z.string().trim().max(1_000).default('').describe('needed for a refusal'),
      password: Again,
    }),
    reply: Approval,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/v1/approvals/:id/withdrawal',
    permission: 'approval.ask',
    summary: 'Take one’s own request back',
    params,
    body: z.object({}),
    reply: Approval,
  }),
  policy: endpoint({
    method: 'GET',
    path: '/api/v1/approval-policy',
    permission: 'approval.read',
    summary: 'Which acts need a second person, and how many could be that person',
    reply: z.object({
      policy: ApprovalPolicy,
      newest: z.int().describe('number of the newest version, which may hold later'),
      approvers: z.array(z.object({ kind: ApprovalKind, people: z.int() })),
    }),
  }),
  policyVersions: endpoint({
    method: 'GET',
    path: '/api/v1/approval-policy/versions',
    permission: 'approval.read',
    summary: 'List the versions of the policy, newest first',
    query: PageQuery,
    reply: pageOf(ApprovalPolicy),
  }),
  changePolicy: endpoint({
    method: 'POST',
    path: '/api/v1/approval-policy',
    permission: 'approval.manage',
    summary: 'Change which acts need a second person; weakening it needs one itself',
    body: ApprovalPolicyDraft,
    reply: ApprovalPolicy,
  }),
}
