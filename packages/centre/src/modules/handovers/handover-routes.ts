import type { handoverApi } from '@haidang/contracts/handover-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { HandoverService } from './handover-service.ts'

export function handoverRoutes(handovers: HandoverService): Handlers<typeof handoverApi> {
  return {
    openWork: ({ caller }) => handovers.openWork(caller),
    list: ({ caller, query }) => handovers.list(caller, query),
    get: ({ caller, params }) => handovers.get(caller, params.id),
    prepare: ({ caller, body }) => handovers.prepare(caller, body),
    acknowledge: ({ caller, params, body }) => handovers.acknowledge(caller, params.id, body.items),
    withdraw: ({ caller, params }) => handovers.withdraw(caller, params.id),
  }
}
