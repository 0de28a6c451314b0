import type { savedViewApi } from '@haidang/contracts/saved-view'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ViewService } from './view-service.ts'

export function viewRoutes(views: ViewService): Handlers<typeof savedViewApi> {
  return {
    list: async ({ caller, query }) => ({ items: await views.list(caller, query.page) }),
    create: ({ caller, body }) => views.create(caller, body),
    change: ({ caller, params, body }) => views.change(caller, params.id, body),
    start: ({ caller, params, body }) => views.start(caller, params.id, body.start),
    remove: async ({ caller, params }) => {
      await views.remove(caller, params.id)
      return {}
    },
  }
}
