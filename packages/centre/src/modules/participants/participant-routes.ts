import type { incidentParticipantApi } from '@haidang/contracts/incident-participant-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ParticipantService } from './participant-service.ts'

export function participantRoutes(
  participants: ParticipantService,
): Handlers<typeof incidentParticipantApi> {
  return {
    list: ({ caller, params, query }) => participants.list(caller, params.id, query),
    add: ({ caller, params, body }) => participants.add(caller, params.id, body),
    change: ({ caller, params, body }) =>
      participants.change(caller, params.id, params.participant, body),
    remove: async ({ caller, params, body }) => {
      await participants.remove(caller, params.id, params.participant, body.reason)
      return {}
    },
  }
}
