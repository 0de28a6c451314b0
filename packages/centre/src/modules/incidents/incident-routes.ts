import type { incidentApi } from '@haidang/contracts/incident-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { FactService } from './fact-service.ts'
import type { IncidentService } from './incident-service.ts'
import type { NoteService } from './note-service.ts'

export function incidentRoutes(
  incidents: IncidentService,
  facts: FactService,
  notes: NoteService,
): Handlers<typeof incidentApi> {
  return {
    list: ({ caller, query }) => incidents.list(caller, query),
    get: ({ caller, params }) => incidents.get(caller, params.id),
    timeline: ({ caller, params, query }) => incidents.timeline(caller, params.id, query),
    clusters: ({ caller, params, query }) => incidents.clusters(caller, params.id, query),
    open: ({ caller, body }) => incidents.open(caller, body),
    update: ({ caller, params, body }) => incidents.update(caller, params.id, body),
    move: ({ caller, params, body }) => incidents.move(caller, params.id, body),
    recordFact: async ({ caller, params, body }) => {
      await facts.record(caller, params.id, body)
      return {}
    },
    note: ({ caller, params, body }) => notes.write(caller, params.id, body),
    mentionable: ({ caller, params, query }) => notes.mentionable(caller, params.id, query.name),
    attach: ({ caller, params, body }) => incidents.attach(caller, params.id, body.cluster_ids),
  }
}
