import { type NoteParts, NoteService } from '../src/modules/incidents/note-service.ts'
import {
  type ParticipantParts,
  ParticipantService,
} from '../src/modules/participants/participant-service.ts'
import { ParticipantStore } from '../src/modules/participants/participant-store.ts'

type Parts = Omit<NoteParts, 'noting'> & Omit<ParticipantParts, 'participants' | 'audiences'>

/** Who takes part in the incidents of a node, and what is noted there. */
export function participationFor(parts: Parts) {
  const participants = new ParticipantService({
    ...parts,
    audiences: { require: async () => undefined },
    participants: new ParticipantStore(),
  })
  const noting: NoteParts['noting'] = (caller, id) => participants.noting(caller, id)
  return { participants, notes: new NoteService({ ...parts, noting }) }
}
