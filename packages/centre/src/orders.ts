import type { OrderKind } from '@haidang/contracts/order'
import { orderApi } from '@haidang/contracts/order-api'
import { orderMatrixApi } from '@haidang/contracts/order-matrix-api'
import { orderPayloadApi } from '@haidang/contracts/order-payload-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { LegalBases } from './legal-bases.ts'
import type { ActService } from './modules/approvals/act-service.ts'
import type { EvidenceService } from './modules/evidence/evidence-service.ts'
import type { IncidentService } from './modules/incidents/incident-service.ts'
import { AmendmentService } from './modules/orders/amendment-service.ts'
import { InboxService } from './modules/orders/inbox-service.ts'
import { IssueService, type OrderPapers } from './modules/orders/issue-service.ts'
import { LadderService } from './modules/orders/ladder-service.ts'
import { LadderStore } from './modules/orders/ladder-store.ts'
import { MatrixService } from './modules/orders/matrix-service.ts'
import { OrderEnvelopes, type OrderMailbox } from './modules/orders/order-envelopes.ts'
import {
  orderMatrixRoutes,
  orderPayloadRoutes,
  orderRoutes,
} from './modules/orders/order-routes.ts'
import { OrderService } from './modules/orders/order-service.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import { OrderView } from './modules/orders/order-view.ts'
import { RemoteService } from './modules/orders/remote-service.ts'
import type { Names } from './names.ts'
import type { Numbering } from './numbering.ts'
import { issueAct } from './order-act.ts'

interface OrderParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
  readonly numbers: Numbering
  readonly bases: LegalBases
  readonly store: OrderStore
  readonly evidence: EvidenceService
  readonly incidents: IncidentService
  readonly mailbox: OrderMailbox
  readonly papers: OrderPapers
  readonly acts: ActService
  readonly simulated: boolean
}

/** Coordination orders: issued, climbed and judged, over the portal and over the link. */
export function createOrders({ http, gate, acts, ...kept }: OrderParts) {
  const ladderStore = new LadderStore()
  const ordering = { ...kept, ladderStore, view: new OrderView(ladderStore) }
  const orders = new OrderService(ordering)
  const issuing = new IssueService({ ...ordering, nodes: kept.mailbox })
  const ladders = new LadderService(ordering)
  const matrix = new MatrixService({ ...ordering, ladders })
  const amendments = new AmendmentService(ordering)
  const remote = new RemoteService({ ...ordering, amendments })
  const inbox = new InboxService({ ...ordering, ladders, remote })
  const envelopes = new OrderEnvelopes(ordering)
  const citable = (caller: Caller, kind: OrderKind) =>
    kept.database.transact(caller.scope, (tx) => kept.bases.list(tx, kind))
  serve(
    http,
    orderApi,
    orderRoutes(orders, acts.declare(issueAct(issuing)), ladders, citable),
    gate,
  )
  serve(http, orderMatrixApi, orderMatrixRoutes(matrix, ladders, amendments), gate)
  serve(http, orderPayloadApi, orderPayloadRoutes(orders), gate)
  return {
    orders,
    ladders,
    inbox,
    envelopes,
    /** Marks ladders late within a minute of their deadline, and tells the addressees of orders to many. */
    startJobs: async (jobs: Jobs) => {
      await jobs.every(
        'order-overdue',
        60,
        untilNone(() => orders.markOverdue()),
      )
      await jobs.every(
        'order-delivery',
        2,
        untilNone(() => issuing.deliver()),
      )
    },
  }
}

/** Does some of a work again and again until nothing of it is left. */
function untilNone(work: () => Promise<number>) {
  return async () => {
    while ((await work()) > 0);
  }
}
