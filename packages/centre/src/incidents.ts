import { incidentApi } from '@haidang/contracts/incident-api'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import { FactService } from './modules/incidents/fact-service.ts'
import { incidentRoutes } from './modules/incidents/incident-routes.ts'
import { type IncidentParts, IncidentService } from './modules/incidents/incident-service.ts'
import { IncidentView } from './modules/incidents/incident-view.ts'

interface Parts extends Omit<IncidentParts, 'view'> {
  readonly http: FastifyInstance
  readonly gate: Gate
}

/** Incidents and the facts of them that start deadlines of their own. */
export function createIncidents({ http, gate, ...parts }: Parts): IncidentService {
  const incidents = new IncidentService({ ...parts, view: new IncidentView(parts.names) })
  const facts = new FactService({ ...parts, incidents })
  serve(http, incidentApi, incidentRoutes(incidents, facts), gate)
  return incidents
}
