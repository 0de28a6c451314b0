import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { IncidentLink, IncidentLinkKind } from './incident-link.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('incident') })

export const incidentLinkApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/links',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'Links of an incident and of those merged into it, to incidents the reader sees',
    params,
    query: PageQuery,
    reply: pageOf(IncidentLink),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/links',
    permission: 'incident.handle',
    summary:
      'Link an incident to others, all or none: related, duplicate of, or part of a campaign; a link that stands stays as it is',
    params,
    body: z.object({
      kind: IncidentLinkKind,
      other_ids: z.array(idOf('incident')).min(1).max(50).describe('part_of: one alone'),
      note: z.string().trim().max(2000).default(''),
    }),
    reply: z.object({ items: z.array(IncidentLink) }),
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/incidents/:id/links/:link',
    permission: 'incident.handle',
    summary: 'Take a link away; the journal keeps that it was there',
    params: params.extend({ link: idOf('incidentLink') }),
    reply: z.object({}),
  }),
}
