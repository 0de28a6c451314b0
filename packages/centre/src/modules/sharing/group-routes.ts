import type { sharingGroupApi } from '@haidang/contracts/sharing-group'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { GroupService } from './group-service.ts'

export function groupRoutes(groups: GroupService): Handlers<typeof sharingGroupApi> {
  return {
    list: ({ caller, query }) => groups.list(caller, query),
    get: ({ caller, params }) => groups.get(caller, params.id),
    create: ({ caller, body }) => groups.create(caller, body),
    update: ({ caller, params, body }) => groups.update(caller, params.id, body),
    join: ({ caller, params, body }) => groups.join(caller, params.id, body.organisation_id),
    part: ({ caller, params }) => groups.part(caller, params.id, params.organisation),
  }
}
