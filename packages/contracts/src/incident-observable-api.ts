import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import {
  ExtractedObservable,
  IncidentObservable,
  ObservableChange,
  ObservableDraft,
  SeenElsewhere,
} from './incident-observable.ts'
import { PageQuery, pageOf } from './page.ts'
import { SheetFormat } from './sheet-import.ts'

const params = z.object({ id: idOf('incidentObservable') })
const ofIncident = z.object({ id: idOf('incident') })

/** Addresses, names, hashes that were seen in incidents, and where else. */
export const incidentObservableApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/observables',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'List what was seen in an incident, last seen first',
    params: ofIncident,
    query: PageQuery,
    reply: pageOf(IncidentObservable),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/observables/export',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'The same as a sheet, values plain and made harmless',
    params: ofIncident,
    query: z.object({ format: SheetFormat, filter: PageQuery.shape.filter }),
    reply: z.unknown().describe('a sheet, CSV or XLSX'),
  }),
  elsewhere: endpoint({
    method: 'GET',
    path: '/api/v1/incident-observables/:id/incidents',
    permission: 'incident.read',
    summary: 'Other incidents the same value was seen in',
    params,
    query: PageQuery.pick({ limit: true, cursor: true }),
    reply: pageOf(SeenElsewhere),
  }),
  extract: endpoint({
    method: 'POST',
    path: '/api/v1/incident-observables/extract',
    permission: 'incident.handle',
    summary: 'Find addresses, names, URLs, hashes and mailboxes in a text; nothing is kept',
    body: z.object({ text: z.string().max(200_000) }),
    reply: z.object({
      items: z.array(ExtractedObservable),
      more: z.boolean().describe('there are more than are answered at once'),
    }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/observables',
    permission: 'incident.handle',
    summary: 'Add what was seen; what stands there already is seen once more',
    params: ofIncident,
    body: z.object({ items: z.array(ObservableDraft).min(1).max(500) }),
    reply: z.object({ added: z.int(), seen_again: z.int() }),
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/incident-observables/:id',
    permission: 'incident.handle',
    summary: 'Change tags and note, or whether it tells of the attack',
    params,
    body: ObservableChange,
    reply: IncidentObservable,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/incident-observables/:id',
    permission: 'incident.handle',
    summary: 'Take away what was added by mistake; the journal keeps it',
    params,
    reply: z.object({}),
  }),
}
