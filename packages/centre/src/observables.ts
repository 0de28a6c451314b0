import { incidentObservableApi } from '@haidang/contracts/incident-observable-api'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import { observableRoutes } from './modules/observables/observable-routes.ts'
import {
  type ObservableParts,
  ObservableService,
} from './modules/observables/observable-service.ts'
import { ObservableStore } from './modules/observables/observable-store.ts'

interface Parts extends Omit<ObservableParts, 'store'> {
  readonly http: FastifyInstance
  readonly gate: Gate
}

/** What was seen in incidents, and where else. */
export function serveObservables({ http, gate, ...parts }: Parts): void {
  const observables = new ObservableService({ ...parts, store: new ObservableStore() })
  serve(http, incidentObservableApi, observableRoutes(observables), gate)
}
