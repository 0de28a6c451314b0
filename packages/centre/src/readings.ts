import { readLogApi } from '@haidang/contracts/read-log-api'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import type { EvidenceStore } from './modules/evidence/evidence-store.ts'
import type { IncidentStore } from './modules/incidents/incident-store.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import type { ReadLog } from './modules/readings/read-log.ts'
import { ReadingService, readingRoutes } from './modules/readings/reading-service.ts'
import type { Names } from './names.ts'

interface ReadingParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly reads: ReadLog
  readonly incidents: IncidentStore
  readonly orders: OrderStore
  readonly evidence: EvidenceStore
  readonly names: Names
}

/** Says of each sensitive thing of these modules whose it is, and serves who has looked. */
export function serveReadings(parts: ReadingParts): void {
  const { http, gate, database, reads, incidents, orders, evidence, names } = parts
  reads.declare('incident', (tx, id) => incidents.get(tx, id))
  reads.declare('order', (tx, id) => orders.get(tx, id))
  reads.declare('evidence', (tx, id) => evidence.get(tx, id))
  serve(http, readLogApi, readingRoutes(new ReadingService(database, names.sources)), gate)
}
