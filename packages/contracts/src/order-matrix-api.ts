import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Addressee, LadderLine, LadderStep, Order, OrderDraft } from './order.ts'
import { PageQuery, pageOf } from './page.ts'
import { SheetFormat } from './sheet-import.ts'

const params = z.object({ id: idOf('order') })
const ofOne = params.extend({ organisation: idOf('organisation') })
const reason = z.string().trim().min(3).max(4000)

/** Ladders judged, or reminded, at once. */
const chosen = z.array(idOf('organisation')).min(1).max(500)

export const JudgementOfMany = z.object({
  organisations: chosen,
  step: z.enum(['verified', 'returned', 'closed']),
  note: z.string().trim().max(10_000).default(''),
})
export type JudgementOfMany = z.infer<typeof JudgementOfMany>

/** What became of each ladder; a refused one stands elsewhere by now. */
export const JudgedMany = z.object({
  done: z.array(idOf('organisation')),
  refused: z.array(
    z.object({
      organisation_id: idOf('organisation'),
      organisation_name: z.string(),
      step: LadderStep,
    }),
  ),
})
export type JudgedMany = z.infer<typeof JudgedMany>

/** Who was reminded; the others owe nothing, or were reminded within the hour. */
export const RemindedMany = z.object({
  done: z.array(idOf('organisation')),
  skipped: z.array(idOf('organisation')),
})
export type RemindedMany = z.infer<typeof RemindedMany>

/** What an order asks from now on; what is left out stays. */
export const Amendment = OrderDraft.pick({
  urgency: true,
  title: true,
  situation: true,
  actions: true,
  legal_basis: true,
  report_due_at: true,
})
  .partial()
  .extend({ reason, version: z.int().min(1).describe('the version it changes') })
export type Amendment = z.infer<typeof Amendment>

/** What an order said before it was changed. */
export const OrderVersion = Order.pick({
  version: true,
  urgency: true,
  title: true,
  situation: true,
  actions: true,
  legal_basis: true,
  report_due_at: true,
}).extend({
  reason: z.string().describe('why it was replaced'),
  time: Instant.describe('when it was replaced'),
  actor_name: z.string(),
})
export type OrderVersion = z.infer<typeof OrderVersion>

/** The matrix of an order: addressees against the ladder, read page by page. */
export const orderMatrixApi = {
  addressees: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id/addressees',
    permission: 'order.read',
    reads: 'order',
    summary: 'List the ladders of an order, late ones first; filter by step, role, name',
    params,
    query: PageQuery,
    reply: pageOf(LadderLine),
  }),
  ladder: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id/addressees/:organisation',
    permission: 'order.read',
    reads: 'order',
    summary: 'Read one ladder of an order with all that was said on it',
    params: ofOne,
    reply: Addressee,
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id/addressee-export',
    permission: 'order.read',
    reads: 'order',
    summary: 'The ladders a filter finds as a sheet, one line for each addressee',
    params,
    query: z.object({ format: SheetFormat, filter: PageQuery.shape.filter }),
    reply: z.unknown(),
  }),
  judgeMany: endpoint({
    method: 'POST',
    path: '/api/v1/orders/:id/judgements-of-many',
    permission: 'order.issue',
    summary: 'The same step of the issuer on several ladders; those it does not fit are told apart',
    params,
    body: JudgementOfMany,
    reply: JudgedMany,
  }),
  remind: endpoint({
    method: 'POST',
    path: '/api/v1/orders/:id/reminders',
    permission: 'order.issue',
    summary: 'Remind addressees that still owe an answer, each at most once an hour',
    params,
    body: z.object({ organisations: chosen, note: z.string().trim().max(2_000).default('') }),
    reply: RemindedMany,
  }),
  release: endpoint({
    method: 'POST',
    path: '/api/v1/orders/:id/addressees/:organisation/withdraw',
    permission: 'order.issue',
    summary: 'Withdraw an order for one addressee, with a reason; it holds for the others',
    params: ofOne,
    body: z.object({ reason }),
    reply: Order,
  }),
  amend: endpoint({
    method: 'POST',
    path: '/api/v1/orders/:id/versions',
    permission: 'order.issue',
    summary: 'Change what an order asks; everybody not yet closed reads and answers it anew',
    params,
    body: Amendment,
    reply: Order,
  }),
  versions: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id/versions',
    permission: 'order.read',
    reads: 'order',
    summary: 'What an order said before it was changed, and why, the newest first',
    params,
    reply: z.object({ items: z.array(OrderVersion) }),
  }),
}
