import { doubtApi } from '@haidang/contracts/doubt'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { AlertService } from './modules/alerts/alert-service.ts'
import type { AlertDoubts } from './modules/alerts/alert-store.ts'
import { doubtRoutes } from './modules/doubts/doubt-routes.ts'
import { DoubtService } from './modules/doubts/doubt-service.ts'
import { DoubtStore } from './modules/doubts/doubt-store.ts'
import { doubtOf, isDoubtful } from './modules/doubts/doubt-view.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { StationView } from './modules/stations/station-view.ts'

interface DoubtParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly organisations: OrganisationService
  readonly alerts: AlertService
}

/** What alerts ask of doubts. */
export const alertDoubts: AlertDoubts = { isDoubtful, doubtOf }

/** Which stations are not relied on, and from when to when. */
export function serveDoubts(parts: DoubtParts): void {
  const { http, gate, database, journal, clock, newId, organisations, alerts } = parts
  const stations = new StationView((tx: Tx, ids) => organisations.names(tx, ids))
  const doubts = new DoubtService({
    database,
    journal,
    clock,
    newId,
    stations,
    store: new DoubtStore(),
    alerts: (tx, span, most) => alerts.countIn(tx, span, most),
  })
  serve(http, doubtApi, doubtRoutes(doubts), gate)
}
