import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { EvidenceFile, Order, OrderDraft, OrderKind, StepDraft } from './order.ts'
import { CitableBasis } from './order-basis.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('order') })

export const orderApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/orders',
    permission: 'order.read',
    summary: 'List orders issued by or addressed to the reader’s organisation',
    query: PageQuery,
    reply: pageOf(Order),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id',
    permission: 'order.read',
    reads: 'order',
    summary: 'Read one order with its ladders',
    params,
    reply: Order,
  }),
  issue: endpoint({
    method: 'POST',
    path: '/api/v1/orders',
    permission: 'order.issue',
    summary: 'Issue a coordination order to its addressees',
    body: OrderDraft,
    reply: Order,
  }),
  bases: endpoint({
    method: 'GET',
    path: '/api/v1/order-bases',
    permission: 'order.issue',
    summary: 'List the legal bases an order may cite, and those that ended',
    query: z.object({ kind: OrderKind.default('order') }),
    reply: z.object({ items: z.array(CitableBasis) }),
  }),
  answer: endpoint({
    method: 'POST',
    path: '/api/v1/orders/:id/answers',
    permission: 'order.answer',
    summary: 'The addressee’s steps: read, accepted, disputed, acting, progressed, completed',
    params,
    body: StepDraft,
    reply: Order,
  }),
  judge: endpoint({
    method: 'POST',
    path: '/api/v1/orders/:id/judgements',
    permission: 'order.issue',
    summary: 'The issuer’s steps: verified, returned, closed',
    params,
    body: StepDraft,
    reply: Order,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/v1/orders/:id/withdraw',
    permission: 'order.issue',
    summary: 'Withdraw an order with a reason',
    params,
    body: z.object({ reason: z.string().trim().min(3).max(4000) }),
    reply: Order,
  }),
  attach: endpoint({
    method: 'POST',
    path: '/api/v1/orders/:id/evidence',
    permission: 'order.answer',
    summary: 'Store a file to attach to an answer (at most 5 MB)',
    params,
    body: z.object({
      name: z.string().trim().min(1).max(300),
      media_type: z.string().max(200).default('application/octet-stream'),
      content: z.base64().max(7_000_000),
    }),
    reply: EvidenceFile,
  }),
  evidence: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id/evidence/:file',
    permission: 'order.read',
    reads: 'evidence',
    summary: 'Read a file of an order, for its issuer and its addressee',
    params: z.object({ id: idOf('order'), file: idOf('evidence') }),
    reply: EvidenceFile.extend({ content: z.base64() }),
  }),
}
