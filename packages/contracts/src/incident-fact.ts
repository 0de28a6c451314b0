import { z } from 'zod'
import { Instant } from './instant.ts'
import { DeadlineTrigger } from './regulation.ts'

/** A fact of an incident that starts deadlines of its own. */
export const IncidentFact = z.object({
  fact: DeadlineTrigger.extract([
    'incident.beyond-capability',
    'incident.security-sign',
    'personal-data.breached',
  ]),
  at: Instant.optional().describe('now, unless it was known earlier'),
  note: z.string().trim().min(1).max(4000),
})
export type IncidentFact = z.infer<typeof IncidentFact>
