import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

/** What an organisation is to an incident it takes part in; who handles it leads. */
export const ParticipantRole = z.enum(['affected', 'operating', 'supporting', 'informed'])
export type ParticipantRole = z.infer<typeof ParticipantRole>

/** How deep it sees: what the incident is; its story and observables too. */
export const ParticipantSees = z.enum(['summary', 'story'])
export type ParticipantSees = z.infer<typeof ParticipantSees>

const shape = z.object({
  organisation_id: idOf('organisation'),
  role: ParticipantRole,
  sees: ParticipantSees.default('summary'),
  may_note: z.boolean().default(false).describe('writes in the story; only who sees it may'),
  note: z.string().trim().max(2000).default('').describe('why it takes part; it reads this'),
})

/** Throws where somebody would write what they do not see. */
export const ParticipantDraft = shape.refine(
  ({ may_note, sees }) => !may_note || sees !== 'summary',
  {
    path: ['may_note'],
    message: 'who writes in the story sees it: sees must not be summary',
  },
)
export type ParticipantDraft = z.infer<typeof ParticipantDraft>

export const participantFields = shape.omit({ organisation_id: true })

/** An organisation that takes part in an incident of another. */
export const IncidentParticipant = z.object({
  id: idOf('incidentParticipant'),
  incident_id: idOf('incident'),
  organisation_id: idOf('organisation').describe('the organisation that takes part'),
  organisation_name: z.string(),
  role: ParticipantRole,
  sees: ParticipantSees,
  may_note: z.boolean(),
  note: z.string(),
  readers: z.int().describe('how many of its people may read it now, by role, clearance and TLP'),
  added_at: Instant,
  added_by_name: z.string().describe('empty to the participant'),
  version: z.int(),
})
export type IncidentParticipant = z.infer<typeof IncidentParticipant>

/** As what the reader’s organisation takes part in an incident of another. */
export const Participation = IncidentParticipant.pick({ role: true, sees: true, may_note: true })
export type Participation = z.infer<typeof Participation>
