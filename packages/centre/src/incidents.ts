import { gradeApi } from '@haidang/contracts/grade-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentParticipantApi } from '@haidang/contracts/incident-participant-api'
import { type Exchange, type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import { gradeRoutes } from './classification/grade-routes.ts'
import { type GradeParts, GradeService } from './classification/grade-service.ts'
import { serveClosingReports } from './closing-reports.ts'
import type { Client } from './http/client.ts'
import { incidentBelongings } from './incident-belongings.ts'
import { serveIncidentTies } from './incident-ties.ts'
import { LikenessView } from './likeness/likeness-view.ts'
import { serveLikeness } from './likeness/serve-likeness.ts'
import { IncidentFamily } from './merging/incident-family.ts'
import { OrdersOfIncidents } from './merging/orders-of-incidents.ts'
import type { ClosingReportParts } from './modules/closing-reports/closing-report-service.ts'
import { ClosingReportStore } from './modules/closing-reports/closing-report-store.ts'
import { FactService } from './modules/incidents/fact-service.ts'
import type { IncidentTasks } from './modules/incidents/incident-orders.ts'
import { incidentRoutes } from './modules/incidents/incident-routes.ts'
import { type IncidentParts, IncidentService } from './modules/incidents/incident-service.ts'
import { IncidentView } from './modules/incidents/incident-view.ts'
import { type NoteParts, NoteService } from './modules/incidents/note-service.ts'
import { StepGuard, type StepParts } from './modules/incidents/step-guard.ts'
import { participantRoutes } from './modules/participants/participant-routes.ts'
import { ParticipantService } from './modules/participants/participant-service.ts'
import { ParticipantStore } from './modules/participants/participant-store.ts'

/** How one proves to be who signed in. */
export interface Proof {
  readonly fresh: GradeParts['fresh']
  readonly clientOf: (request: Exchange['http']['request']) => Client
}

interface Parts
  extends Omit<IncidentParts, 'view' | 'family' | 'steps'>,
    Proof,
    Pick<GradeParts, 'systemOf'>,
    Pick<StepParts, 'processes'> {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly tasks: IncidentTasks
}

/** Incidents, how they are graded, which resemble one another, and the facts of them that start deadlines of their own. */
export function createIncidents({ http, gate, ...parts }: Parts): IncidentService {
  const belongings = incidentBelongings(parts)
  const store = new ParticipantStore()
  const orders = new OrdersOfIncidents()
  const family = new IncidentFamily({ ...parts, orders, belongings, participants: store })
  const view = new IncidentView(parts.names)
  const closed = new ClosingReportStore()
  const steps = new StepGuard({ ...parts, family, closingReports: closed })
  // Said now, not by the first officer who closes something.
  steps.process()
  const incidents = new IncidentService({ ...parts, view, family, steps })
  serveIncidentTies({ ...parts, http, gate, incidents, family, belongings, steps })
  const named: ClosingReportParts['named'] = (tx, ids) => parts.store.named(tx, ids)
  serveClosingReports({ ...parts, http, gate, steps, incidents, store: closed, named })
  const facts = new FactService({ ...parts, incidents })
  const participants = new ParticipantService({ ...parts, incidents, participants: store })
  serve(http, incidentParticipantApi, participantRoutes(participants), gate)
  const noting: NoteParts['noting'] = (caller, id) => participants.noting(caller, id)
  const notes = new NoteService({ ...parts, incidents, family, noting })
  serve(http, incidentApi, incidentRoutes(incidents, facts, notes), gate)
  const grades = new GradeService({ ...parts, incidents })
  serve(http, gradeApi, gradeRoutes({ ...parts, grades }), gate)
  serveLikeness(http, gate, new LikenessView({ ...parts, incidents }))
  return incidents
}
