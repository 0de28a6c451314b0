import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Handover, HandoverDraft, HandoverItem, mostItems, OpenWork } from './handover.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('handover') })
const whole = z.object({ handover: Handover, items: z.array(HandoverItem) })

export const handoverApi = {
  openWork: endpoint({
    method: 'GET',
    path: '/api/v1/open-work',
    permission: 'shift.stand',
    summary:
      'What one would hand over now: one’s own open work, what nobody has, what is late or due within a day',
    reply: z.object({
      items: z.array(OpenWork).max(mostItems),
      more: z.boolean().describe('more is open than is listed'),
    }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/handovers',
    permission: 'shift.read',
    summary: 'Hand-overs, the newest first',
    query: PageQuery,
    reply: pageOf(Handover),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/handovers/:id',
    permission: 'shift.read',
    summary: 'A hand-over with what of its items one may see',
    params,
    reply: whole,
  }),
  prepare: endpoint({
    method: 'POST',
    path: '/api/v1/handovers',
    permission: 'shift.stand',
    summary: 'Hand one’s shift over with all open work',
    body: HandoverDraft,
    reply: whole,
  }),
  acknowledge: endpoint({
    method: 'POST',
    path: '/api/v1/handovers/:id/acknowledge',
    permission: 'shift.stand',
    summary: 'Take items over, all unless told which: their ownership changes at once',
    params,
    body: z.object({ items: z.array(z.int().min(0)).min(1).max(mostItems).optional() }),
    reply: whole,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/v1/handovers/:id/withdraw',
    permission: 'shift.stand',
    summary: 'Take a hand-over back that nobody has begun to take over',
    params,
    reply: whole,
  }),
}
