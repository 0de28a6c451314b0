import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { IncidentParticipant, ParticipantDraft, participantFields } from './incident-participant.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('incident') })
const one = params.extend({ participant: idOf('incidentParticipant') })

/** Organisations that take part in incidents of others. */
export const incidentParticipantApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/participants',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'Organisations that take part in an incident; a participant reads of itself alone',
    params,
    query: PageQuery,
    reply: pageOf(IncidentParticipant),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/participants',
    permission: 'incident.handle',
    summary: 'Let an organisation take part in an incident, and say what of it it sees',
    params,
    body: ParticipantDraft,
    reply: IncidentParticipant,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/incidents/:id/participants/:participant',
    permission: 'incident.handle',
    summary: 'Change what an organisation is to an incident and what of it it sees',
    params: one,
    body: changeOf(participantFields).extend({
      version: z.int().optional().describe('refused if somebody changed it since this version'),
    }),
    reply: IncidentParticipant,
  }),
  remove: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/participants/:participant/removal',
    permission: 'incident.handle',
    summary: 'End that an organisation takes part: it reads nothing of the incident from then on',
    params: one,
    body: z.object({ reason: z.string().trim().min(3).max(2000) }),
    reply: z.object({}),
  }),
}
