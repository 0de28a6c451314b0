import type { eventApi } from '@haidang/contracts/event-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { EventService } from './event-service.ts'

export function eventRoutes(events: EventService): Handlers<typeof eventApi> {
  return {
    search: ({ caller, query, http }) => events.search(caller, query, http.request.signal),
    histogram: ({ caller, query, http }) => events.histogram(caller, query, http.request.signal),
    values: ({ caller, query }) => events.values(caller, query),
    get: ({ caller, params }) => events.get(caller, params.id),
  }
}
