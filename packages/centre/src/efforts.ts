import { join } from 'node:path'
import { EffortRules } from '@haidang/contracts/effort'
import { effortApi } from '@haidang/contracts/effort-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { readContent } from './content-file.ts'
import type { AskerService } from './modules/approvals/asker-service.ts'
import { effortRoutes } from './modules/efforts/effort-routes.ts'
import { EffortService } from './modules/efforts/effort-service.ts'
import { EffortStore } from './modules/efforts/effort-store.ts'
import type { OrderStore } from './modules/orders/order-store.ts'

interface EffortParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly orders: OrderStore
  readonly askers: Pick<AskerService, 'peopleBehind'>
}

/** What answering orders cost, by the rules of the content. */
export async function openEfforts(
  { orders, askers, ...kept }: Omit<EffortParts, 'http' | 'gate'>,
  contentDirectory: string,
): Promise<EffortService> {
  return new EffortService({
    ...kept,
    store: new EffortStore(),
    rules: await readContent(join(contentDirectory, 'efforts/vn-2017.yaml'), EffortRules),
    behind: (tx, caller) => askers.peopleBehind(tx, caller),
    orderOf: async (tx, orderId, organisationId) => {
      const order = await orders.get(tx, orderId)
      if (!order) return undefined
      const [ladder] = await orders.addressees(tx, [orderId], organisationId)
      const { number, title, organisation_id: issuer_id, tlp_rank, remote, simulated } = order
      return { number, title, issuer_id, tlp_rank, remote, simulated, ladder }
    },
  })
}

/** Claims, their checks and payments by the API. */
export async function serveEfforts(
  { http, gate, ...kept }: EffortParts,
  contentDirectory: string,
): Promise<void> {
  const efforts = await openEfforts(kept, contentDirectory)
  serve(http, effortApi, effortRoutes(efforts), gate)
}
