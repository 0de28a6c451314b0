import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Incident } from './incident.ts'
import { BulkAct } from './incident-bulk.ts'

export const incidentBulkApi = {
  act: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/acts',
    permission: 'incident.handle',
    summary:
      'One act on many incidents; those it is not possible on are left out. To reject asks for incident.close',
    body: z.object({ ids: z.array(idOf('incident')).min(1).max(500), act: BulkAct }),
    reply: z.object({
      changed: z.array(Incident),
      undo: z.string().nullable().describe('good for ten seconds; null where nothing changed'),
    }),
  }),
  undo: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/acts/undo',
    permission: 'incident.handle',
    summary:
      'Take an act on many incidents back, within ten seconds, where nobody changed them since',
    body: z.object({ undo: z.string().min(1).max(100) }),
    reply: z.object({ changed: z.array(Incident), skipped: z.int() }),
  }),
}
