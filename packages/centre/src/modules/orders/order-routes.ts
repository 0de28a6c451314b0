import type { Order, OrderDraft, OrderKind } from '@haidang/contracts/order'
import type { orderApi } from '@haidang/contracts/order-api'
import type { CitableBasis } from '@haidang/contracts/order-basis'
import type { orderMatrixApi } from '@haidang/contracts/order-matrix-api'
import type { orderPayloadApi } from '@haidang/contracts/order-payload-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../../http/send-sheet.ts'
import { plainNumber } from '../../payload/payload.ts'
import { payloadFiles, writePayload } from '../../payload/write-payload.ts'
import type { AmendmentService } from './amendment-service.ts'
import type { LadderService } from './ladder-service.ts'
import type { MatrixService } from './matrix-service.ts'
import type { OrderService } from './order-service.ts'

export function orderRoutes(
  orders: OrderService,
  issue: (caller: Caller, draft: OrderDraft) => Promise<Order>,
  ladders: LadderService,
  bases: (caller: Caller, kind: OrderKind) => Promise<CitableBasis[]>,
): Handlers<typeof orderApi> {
  return {
    list: ({ caller, query }) => orders.list(caller, query),
    get: ({ caller, params }) => orders.get(caller, params.id),
    issue: ({ caller, body }) => issue(caller, body),
    bases: async ({ caller, query }) => ({ items: await bases(caller, query.kind) }),
    answer: ({ caller, params, body }) => ladders.answer(caller, params.id, body),
    judge: ({ caller, params, body }) => ladders.judge(caller, params.id, body),
    withdraw: ({ caller, params, body }) => orders.withdraw(caller, params.id, body.reason),
    attach: ({ caller, params, body }) => orders.attach(caller, params.id, body),
    evidence: ({ caller, params }) => orders.readEvidence(caller, params.id, params.file),
  }
}

/** Files for devices. */
export function orderPayloadRoutes(orders: OrderService): Handlers<typeof orderPayloadApi> {
  return {
    payload: async ({ caller, params, query: { format }, http: { reply } }) => {
      const payload = await orders.payload(caller, params.id, params.action)
      const [type, ending] = payloadFiles[format]
      const name = `${plainNumber(payload.number)}-${plainNumber(payload.action_id)}.${ending}`
      await reply
        .header('content-type', type)
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff')
        .send(writePayload(payload, format))
    },
  }
}

export function orderMatrixRoutes(
  matrix: MatrixService,
  ladders: LadderService,
  amendments: AmendmentService,
): Handlers<typeof orderMatrixApi> {
  return {
    addressees: ({ caller, params, query }) => matrix.addressees(caller, params.id, query),
    ladder: ({ caller, params }) => matrix.ladder(caller, params.id, params.organisation),
    export: async ({ caller, params, query, http: { reply } }) =>
      sendSheet(
        reply,
        'order-addressees',
        query.format,
        await matrix.sheet(caller, params.id, query),
      ),
    judgeMany: ({ caller, params, body }) => ladders.judgeMany(caller, params.id, body),
    remind: ({ caller, params, body }) => matrix.remind(caller, params.id, body),
    release: ({ caller, params, body }) =>
      matrix.release(caller, { id: params.id, organisation: params.organisation }, body.reason),
    amend: ({ caller, params, body }) => amendments.amend(caller, params.id, body),
    versions: ({ caller, params }) => amendments.versions(caller, params.id),
  }
}
