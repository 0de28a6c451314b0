import { z } from 'zod'
import { changeOf } from './change.ts'
import { Cluster } from './cluster.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Incident, IncidentDraft, IncidentState, TimelineEntry } from './incident.ts'
import { IncidentFact } from './incident-fact.ts'
import { Mentionable } from './incident-note.ts'
import { PageQuery, pageOf } from './page.ts'

/** As many as one note may name. */
const mostMentioned = 20

const params = z.object({ id: idOf('incident') })
const version = z.int().optional().describe('refused if somebody changed it since this version')

export const incidentApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/incidents',
    permission: 'incident.read',
    summary: 'List incidents',
    query: PageQuery,
    reply: pageOf(Incident),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'Read one incident',
    params,
    reply: Incident,
  }),
  timeline: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/timeline',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'The story of an incident, oldest first',
    params,
    query: PageQuery,
    reply: pageOf(TimelineEntry),
  }),
  clusters: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/clusters',
    permission: 'incident.read',
    reads: 'incident',
    summary: 'Alert clusters of an incident',
    params,
    query: PageQuery,
    reply: pageOf(Cluster),
  }),
  open: endpoint({
    method: 'POST',
    path: '/api/v1/incidents',
    permission: 'incident.handle',
    summary: 'Open an incident, by hand or from clusters',
    body: IncidentDraft,
    reply: Incident,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/incidents/:id',
    permission: 'incident.handle',
    summary: 'Change facts of an incident',
    params,
    body: changeOf(IncidentDraft.omit({ cluster_ids: true, organisation_id: true })).extend({
      assignee_id: idOf('person').nullable().optional(),
      version,
    }),
    reply: Incident,
  }),
  move: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/state',
    permission: 'incident.handle',
    summary: 'Move an incident to its next state; closing asks for incident.close',
    params,
    body: z.object({
      state: IncidentState,
      note: z.string().trim().max(4000).default(''),
      version,
    }),
    reply: Incident,
  }),
  recordFact: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/facts',
    permission: 'incident.handle',
    summary:
      'Record a fact that starts deadlines: beyond capability, signs against security, personal data',
    params,
    body: IncidentFact,
    reply: z.object({}),
  }),
  note: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/notes',
    permission: 'incident.read',
    summary:
      'Write a line in the timeline: who handles the incident (incident.handle), or takes part in it and may (task.answer)',
    params,
    body: z.object({
      text: z.string().trim().min(1).max(10_000),
      mentions: z
        .array(idOf('person'))
        .max(mostMentioned)
        .default([])
        .describe('people it names, who are told; each may read it'),
    }),
    reply: TimelineEntry,
  }),
  mentionable: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/mentionable',
    permission: 'incident.read',
    summary: 'People a note may name: those who may read it, as far as the writer may know of them',
    params,
    query: z.object({ name: z.string().trim().max(100).default('').describe('part of a name') }),
    reply: z.object({ items: z.array(Mentionable) }),
  }),
  attach: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/clusters',
    permission: 'incident.handle',
    summary: 'Add clusters to an incident',
    params,
    body: z.object({ cluster_ids: z.array(idOf('cluster')).min(1).max(500) }),
    reply: Incident,
  }),
}
