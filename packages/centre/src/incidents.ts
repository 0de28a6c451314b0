import { gradeApi } from '@haidang/contracts/grade-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { type Exchange, type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import { gradeRoutes } from './classification/grade-routes.ts'
import { type GradeParts, GradeService } from './classification/grade-service.ts'
import type { Client } from './http/client.ts'
import { incidentBelongings } from './incident-belongings.ts'
import { serveIncidentTies } from './incident-ties.ts'
import { LikenessView } from './likeness/likeness-view.ts'
import { serveLikeness } from './likeness/serve-likeness.ts'
import { IncidentFamily } from './merging/incident-family.ts'
import { OrdersOfIncidents } from './merging/orders-of-incidents.ts'
import { FactService } from './modules/incidents/fact-service.ts'
import type { IncidentTasks } from './modules/incidents/incident-orders.ts'
import { incidentRoutes } from './modules/incidents/incident-routes.ts'
import { type IncidentParts, IncidentService } from './modules/incidents/incident-service.ts'
import { IncidentView } from './modules/incidents/incident-view.ts'

/** How one proves to be who signed in. */
export interface Proof {
  readonly fresh: GradeParts['fresh']
  readonly clientOf: (request: Exchange['http']['request']) => Client
}

interface Parts
  extends Omit<IncidentParts, 'view' | 'family'>,
    Proof,
    Pick<GradeParts, 'systemOf'> {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly tasks: IncidentTasks
}

/** Incidents, how they are graded, which resemble one another, and the facts of them that start deadlines of their own. */
export function createIncidents({ http, gate, ...parts }: Parts): IncidentService {
  const belongings = incidentBelongings(parts)
  const family = new IncidentFamily({ ...parts, orders: new OrdersOfIncidents(), belongings })
  const view = new IncidentView(parts.names)
  const incidents = new IncidentService({ ...parts, view, family })
  serveIncidentTies({ ...parts, http, gate, incidents, family, belongings })
  const facts = new FactService({ ...parts, incidents })
  serve(http, incidentApi, incidentRoutes(incidents, facts), gate)
  const grades = new GradeService({ ...parts, incidents })
  serve(http, gradeApi, gradeRoutes({ ...parts, grades }), gate)
  serveLikeness(http, gate, new LikenessView({ ...parts, incidents }))
  return incidents
}
