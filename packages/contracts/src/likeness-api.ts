import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Incident, IncidentType } from './incident.ts'

/** Why an incident resembles another, the strongest reason first. */
export const LikenessReason = z.enum(['entity', 'system', 'title', 'type'])
export type LikenessReason = z.infer<typeof LikenessReason>

export const SimilarIncident = z.object({
  incident: Incident.pick({
    id: true,
    number: true,
    title: true,
    type: true,
    state: true,
    severity: true,
    organisation_name: true,
    detected_at: true,
    simulated: true,
    exercise: true,
  }),
  because: z.array(LikenessReason).min(1),
  shared: z.array(z.string()).describe('addresses, hosts, accounts the alerts of both are about'),
})
export type SimilarIncident = z.infer<typeof SimilarIncident>

export const likenessApi = {
  of: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/similar',
    permission: 'incident.read',
    summary: 'Incidents that resemble one: what they are about, system, title, type; ten at most',
    params: z.object({ id: idOf('incident') }),
    reply: z.object({ items: z.array(SimilarIncident) }),
  }),
  draft: endpoint({
    method: 'GET',
    path: '/api/v1/similar-incidents',
    permission: 'incident.read',
    summary: 'Incidents that resemble one not yet opened; ten at most',
    query: z.object({
      title: z.string().trim().max(300).default(''),
      type: IncidentType.optional(),
      organisation_id: idOf('organisation').optional(),
      clusters: z
        .string()
        .max(20_000)
        .default('')
        .describe('ids of clusters it is to be opened from, with commas between'),
    }),
    reply: z.object({ items: z.array(SimilarIncident) }),
  }),
}
