import { z } from 'zod'
import { idOf } from './id.ts'
import { Incident } from './incident.ts'
import { Instant } from './instant.ts'

/** How one incident stands to another: alike, told twice, or part of a campaign the other stands for. */
export const IncidentLinkKind = z.enum(['related', 'duplicate_of', 'part_of'])
export type IncidentLinkKind = z.infer<typeof IncidentLinkKind>

/** A link as it reads from one incident: `from` says that the kind reads from this one to the other. */
export const IncidentLink = z.object({
  id: idOf('incidentLink'),
  kind: IncidentLinkKind,
  direction: z.enum(['from', 'to']),
  incident_id: idOf('incident').describe('the one it hangs on: itself or one merged into it'),
  other: Incident,
  note: z.string(),
  made_at: Instant,
  made_by_name: z.string().describe('empty to who sees the incidents and not who handles them'),
})
export type IncidentLink = z.infer<typeof IncidentLink>
