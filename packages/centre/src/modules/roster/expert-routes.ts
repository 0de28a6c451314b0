import type { expertApi } from '@haidang/contracts/expert-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../../http/send-sheet.ts'
import type { ExpertService } from './expert-service.ts'

export function expertRoutes(experts: ExpertService): Handlers<typeof expertApi> {
  return {
    list: ({ caller, query }) => experts.list(caller, query),
    export: async ({ caller, query, http: { reply } }) =>
      sendSheet(reply, 'experts', query.format, await experts.export(caller, query)),
    specialities: async () => experts.competence,
    add: ({ caller, params, body }) => experts.add(caller, params.id, body),
    change: ({ caller, params, body }) => experts.change(caller, params, body),
    remove: ({ caller, params }) => experts.remove(caller, params),
  }
}
