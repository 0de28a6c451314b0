import type { deadlineApi } from '@haidang/contracts/deadline-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { DeadlineService } from './deadline-service.ts'

export function deadlineRoutes(deadlines: DeadlineService): Handlers<typeof deadlineApi> {
  return {
    list: ({ caller, query }) => deadlines.list(caller, query),
    get: ({ caller, params }) => deadlines.get(caller, params.id),
    history: ({ caller, params, query }) => deadlines.history(caller, params.id, query),
    acknowledge: ({ caller, params }) => deadlines.acknowledge(caller, params.id),
    meet: ({ caller, params, body }) => deadlines.meet(caller, params.id, body),
  }
}
