import type { systemApi } from '@haidang/contracts/system-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { SystemService } from './system-service.ts'

export function systemRoutes(systems: SystemService): Handlers<typeof systemApi> {
  return {
    list: ({ caller, query }) => systems.list(caller, query),
    get: ({ caller, params }) => systems.get(caller, params.id),
    create: ({ caller, body }) => systems.create(caller, body),
    update: ({ caller, params, body }) => systems.update(caller, params.id, body),
    monitor: ({ caller, params, body }) => systems.monitor(caller, params.id, body),
    completeness: ({ caller }) => systems.completeness(caller),
  }
}
