import { handoverApi } from '@haidang/contracts/handover-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { FastifyInstance } from 'fastify'
import { ClusterStore } from './modules/correlation/cluster-store.ts'
import { ClusterView } from './modules/correlation/cluster-view.ts'
import type { ClockService } from './modules/deadlines/clock-service.ts'
import { DeadlineStore } from './modules/deadlines/deadline-store.ts'
import { startHandoverJobs } from './modules/handovers/handover-jobs.ts'
import { handoverRoutes } from './modules/handovers/handover-routes.ts'
import { HandoverService } from './modules/handovers/handover-service.ts'
import { HandoverStore } from './modules/handovers/handover-store.ts'
import { HandoverView } from './modules/handovers/handover-view.ts'
import { IncidentReportStore } from './modules/incident-reports/incident-report-store.ts'
import type { IncidentStore } from './modules/incidents/incident-store.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { PersonService } from './modules/people/person-service.ts'
import type { Names } from './names.ts'
import { giveWork } from './open-work/give-work.ts'
import { openWorkOf } from './open-work/open-work.ts'
import { createShifts } from './shifts.ts'
import { watchUnacknowledged } from './unacknowledged.ts'

interface DutyWiring {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly jobs: Jobs
  readonly log: Log
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
  readonly organisations: OrganisationService
  readonly people: PersonService
  readonly incidentStore: IncidentStore
  readonly orderStore: OrderStore
  readonly deadlines: ClockService
  readonly node: { readonly simulated: boolean; readonly contentDirectory: string }
}

/** The 24/7 duty: who stands when, and how what is open goes from one shift to the next. */
export async function createDuty({ http, gate, jobs, log, node, ...parts }: DutyWiring) {
  const { database, clock, people, deadlines } = parts
  const { simulated, contentDirectory } = node
  const { within, shifts, rules } = await createShifts({ ...parts, http, gate, contentDirectory })
  await watchUnacknowledged({ ...parts, jobs, rules })
  const store = new HandoverStore()
  const clusters = new ClusterStore()
  const incidents = parts.incidentStore
  const handovers = new HandoverService({
    ...parts,
    shifts,
    store,
    shown: new HandoverView(store, shifts),
    within,
    simulated,
    openWork: openWorkOf({
      clock,
      clusters,
      incidents,
      reports: new IncidentReportStore(),
      orders: parts.orderStore,
      deadlines: new DeadlineStore(),
    }),
    giveTo: giveWork({
      ...parts,
      clusters,
      clusterView: new ClusterView(parts.names),
      incidents,
      deadlines,
    }),
  })
  serve(http, handoverApi, handoverRoutes(handovers), gate)
  await startHandoverJobs(handovers, {
    jobs,
    log,
    database,
    clock,
    store,
    shifts,
    callerOf: (tx, id, session) => people.callerOf(tx, id, session),
  })
}
