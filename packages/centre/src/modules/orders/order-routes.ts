import type { Order, OrderDraft } from '@haidang/contracts/order'
import type { orderApi } from '@haidang/contracts/order-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { LadderService } from './ladder-service.ts'
import type { OrderService } from './order-service.ts'

export function orderRoutes(
  orders: OrderService,
  issue: (caller: Caller, draft: OrderDraft) => Promise<Order>,
  ladders: LadderService,
): Handlers<typeof orderApi> {
  return {
    list: ({ caller, query }) => orders.list(caller, query),
    get: ({ caller, params }) => orders.get(caller, params.id),
    issue: ({ caller, body }) => issue(caller, body),
    answer: ({ caller, params, body }) => ladders.answer(caller, params.id, body),
    judge: ({ caller, params, body }) => ladders.judge(caller, params.id, body),
    withdraw: ({ caller, params, body }) => orders.withdraw(caller, params.id, body.reason),
    attach: ({ caller, params, body }) => orders.attach(caller, params.id, body),
    evidence: ({ caller, params }) => orders.readEvidence(caller, params.id, params.file),
  }
}
