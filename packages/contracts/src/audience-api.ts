import { z } from 'zod'
import { Audience, AudienceDraft, AudienceQuery } from './audience.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'

export const audienceApi = {
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/audience',
    permission: 'organisation.read',
    summary:
      'Who will see a thing before it is written: an incident, an order, an information system',
    query: AudienceQuery,
    body: AudienceDraft,
    reply: Audience,
  }),
  ofIncident: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/audience',
    permission: 'incident.read',
    summary: 'Who sees an incident and why; for its owner and the node',
    params: z.object({ id: idOf('incident') }),
    query: AudienceQuery,
    reply: Audience,
  }),
  ofOrder: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id/audience',
    permission: 'order.read',
    summary: 'Who sees an order and why; for its issuer and the node',
    params: z.object({ id: idOf('order') }),
    query: AudienceQuery,
    reply: Audience,
  }),
  ofSystem: endpoint({
    method: 'GET',
    path: '/api/v1/systems/:id/audience',
    permission: 'system.read',
    summary: 'Who sees an information system and why; for its owner and the node',
    params: z.object({ id: idOf('system') }),
    query: AudienceQuery,
    reply: Audience,
  }),
}
