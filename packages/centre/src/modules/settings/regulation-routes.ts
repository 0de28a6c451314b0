import type { regulationApi } from '@haidang/contracts/regulation-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { RegulationService } from './regulation-service.ts'
import { readRegulation, writeRegulation } from './regulation-text.ts'

/** The HTTP face of regulation profiles. */
export function regulationRoutes(service: RegulationService): Handlers<typeof regulationApi> {
  return {
    list: ({ caller }) => service.list(caller),
    get: ({ caller, params, query }) => service.get(caller, params.profile, query.version),
    versions: ({ caller, params, query }) => service.versions(caller, params.profile, query),
    publish: ({ caller, body }) => service.publish(caller, body),
    preview: ({ caller, body }) => service.preview(caller, body),
    read: async ({ body }) => ({ regulation: readRegulation(body.text) }),
    write: async ({ body }) => ({ text: writeRegulation(body.regulation) }),
    due: async ({ caller, query }) => ({ items: await service.due(caller, query) }),
  }
}
