import { z } from 'zod'
import {
  EffortCheck,
  EffortDraft,
  EffortPayment,
  EffortRules,
  EffortSheet,
  EffortSummary,
} from './effort.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('effort') })
const version = z.int().describe('what was read; refused where somebody changed it since')
const reason = z.string().trim().min(3).max(1_000)
const note = z.string().trim().max(1_000).default('')

/** Effort sheets: what answering an order cost, checked, agreed, approved and paid (1622 II.3.b). */
export const effortApi = {
  rules: endpoint({
    method: 'GET',
    path: '/api/v1/effort-rules',
    permission: 'effort.read',
    summary: 'Read the kinds of effort, their units and the sources of money',
    reply: EffortRules,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/efforts',
    permission: 'effort.read',
    summary: 'List effort sheets, the newest first',
    query: PageQuery,
    reply: pageOf(EffortSummary),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/efforts/:id',
    permission: 'effort.read',
    summary: 'Read one effort sheet',
    params,
    reply: EffortSheet,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/efforts',
    permission: 'effort.submit',
    summary: 'Begin the effort sheet of one’s organisation for an order it was addressed by',
    body: EffortDraft.extend({ order_id: idOf('order') }),
    reply: EffortSheet,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/efforts/:id',
    permission: 'effort.submit',
    summary: 'Write a draft, or a sheet that was returned, anew',
    params,
    body: EffortDraft.extend({ version }),
    reply: EffortSheet,
  }),
  submit: endpoint({
    method: 'POST',
    path: '/api/v1/efforts/:id/submit',
    permission: 'effort.submit',
    summary: 'Put a sheet before the issuer of the order',
    params,
    body: z.object({ version }),
    reply: EffortSheet,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/v1/efforts/:id/withdraw',
    permission: 'effort.submit',
    summary: 'Take a sheet back before it is approved',
    params,
    body: z.object({ version, reason }),
    reply: EffortSheet,
  }),
  check: endpoint({
    method: 'POST',
    path: '/api/v1/efforts/:id/check',
    permission: 'effort.check',
    summary: 'Say what was found of every line; a line that is corrected says why',
    params,
    body: EffortCheck.extend({ version }),
    reply: EffortSheet,
  }),
  return: endpoint({
    method: 'POST',
    path: '/api/v1/efforts/:id/return',
    permission: 'effort.check',
    summary: 'Send a sheet back to be written anew',
    params,
    body: z.object({ version, reason }),
    reply: EffortSheet,
  }),
  agree: endpoint({
    method: 'POST',
    path: '/api/v1/efforts/:id/agree',
    permission: 'effort.submit',
    summary: 'Agree with what was found, or contest it with a reason',
    params,
    body: z.object({ version, verdict: z.enum(['agreed', 'contested']), note }),
    reply: EffortSheet,
  }),
  approve: endpoint({
    method: 'POST',
    path: '/api/v1/efforts/:id/approve',
    permission: 'effort.approve',
    summary: 'Approve what was agreed; never by who checked it',
    params,
    body: z.object({ version, note }),
    reply: EffortSheet,
  }),
  pay: endpoint({
    method: 'POST',
    path: '/api/v1/efforts/:id/payment',
    permission: 'effort.approve',
    summary: 'Record the payment of an approved sheet',
    params,
    body: EffortPayment.extend({ version }),
    reply: EffortSheet,
  }),
}
