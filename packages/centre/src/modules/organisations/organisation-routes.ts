import type { organisationApi } from '@haidang/contracts/organisation-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { OrganisationService } from './organisation-service.ts'

export function organisationRoutes(
  organisations: OrganisationService,
): Handlers<typeof organisationApi> {
  return {
    list: ({ caller, query }) => organisations.list(caller, query),
    get: ({ caller, params }) => organisations.get(caller, params.id),
    create: ({ caller, body }) => organisations.create(caller, body),
    update: ({ caller, params, body }) => organisations.update(caller, params.id, body),
  }
}
