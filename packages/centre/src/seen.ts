import { alertApi } from '@haidang/contracts/alert-api'
import { eventApi } from '@haidang/contracts/event-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { FastifyInstance } from 'fastify'
import { alertDoubts, serveDoubts } from './doubts.ts'
import { alertRoutes } from './modules/alerts/alert-routes.ts'
import { AlertService } from './modules/alerts/alert-service.ts'
import { AlertStore } from './modules/alerts/alert-store.ts'
import { ClusterView } from './modules/correlation/cluster-view.ts'
import { BatchService, type StoredEvents } from './modules/events/batch-service.ts'
import { BatchStore } from './modules/events/batch-store.ts'
import { eventRoutes } from './modules/events/event-routes.ts'
import { EventService, type ReachArchive } from './modules/events/event-service.ts'
import { IngestService } from './modules/ingest/ingest-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { Names } from './names.ts'

interface SeenParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly events: EventStore
  readonly organisations: OrganisationService
  readonly names: Names
  readonly log: Log
  readonly reachArchive: ReachArchive | undefined
  readonly offerEvents: (tx: Tx, stored: StoredEvents) => Promise<void>
}

/** The line "what is seen" of the flow: events searched and taken in batches, alerts and what is doubted of them. */
export function createSeen(parts: SeenParts) {
  const { http, gate, database, journal, clock, newId, events, organisations, names } = parts
  const kept = { database, journal, clock, newId }
  const search = new EventService(events, clock, parts.reachArchive)
  serve(http, eventApi, eventRoutes(search), gate)
  const batches = new BatchService({
    ...kept,
    events,
    store: new BatchStore(),
    log: parts.log,
    offer: parts.offerEvents,
  })
  const clusterView = new ClusterView(names)
  const alerts = new AlertService(
    database,
    new AlertStore(alertDoubts),
    clock,
    clusterView.withMembers,
  )
  serve(http, alertApi, alertRoutes(alerts), gate)
  serveDoubts({ ...kept, http, gate, organisations, alerts })
  return { search, batches, ingest: new IngestService(), alerts, clusterView }
}
