import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Incident } from './incident.ts'
import { Given, IncidentMerge, IncidentUnmerged, MergePreview } from './incident-merge.ts'
import { PageQuery, pageOf } from './page.ts'

const chosen = z.object({
  into: idOf('incident').describe('the one that stands for all'),
  ids: z.array(idOf('incident')).min(1).max(100),
})

export const incidentMergeApi = {
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/merges/preview',
    permission: 'incident.handle',
    summary: 'What merging incidents would join, and who would see less of the one that stands',
    body: chosen,
    reply: MergePreview,
  }),
  merge: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/merges',
    permission: 'incident.handle',
    summary: 'Merge incidents of one organisation under one of them; nothing of them is moved',
    body: chosen.extend({ reason: z.string().trim().max(2000).default('') }),
    reply: z.object({ head: Incident, merge: IncidentMerge }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/merges',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'Merges that hold under an incident, newest first, with what was added since',
    params: z.object({ id: idOf('incident') }),
    query: PageQuery,
    reply: pageOf(IncidentMerge),
  }),
  unmerge: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/merges/:id/undo',
    permission: 'incident.handle',
    summary:
      'Take a merge back: its incidents stand alone again, as they were or as was decided since',
    params: z.object({ id: idOf('incidentMerge') }),
    body: z.object({
      incidents: IncidentUnmerged.default('as-before'),
      give: z.array(Given).max(500).default([]).describe('of what was added since; the rest stays'),
    }),
    reply: z.object({ changed: z.array(Incident) }),
  }),
}
