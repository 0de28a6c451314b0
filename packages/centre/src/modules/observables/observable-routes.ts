import type { incidentObservableApi } from '@haidang/contracts/incident-observable-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../../http/send-sheet.ts'
import type { ObservableService } from './observable-service.ts'

export function observableRoutes(
  observables: ObservableService,
): Handlers<typeof incidentObservableApi> {
  return {
    list: ({ caller, params, query }) => observables.list(caller, params.id, query),
    export: async ({ caller, params, query, http: { reply } }) =>
      sendSheet(
        reply,
        'observables',
        query.format,
        await observables.sheet(caller, params.id, query),
      ),
    elsewhere: ({ caller, params, query }) => observables.elsewhere(caller, params.id, query),
    extract: async ({ body }) => observables.extract(body.text),
    add: ({ caller, params, body }) => observables.add(caller, params.id, body.items),
    change: ({ caller, params, body }) => observables.change(caller, params.id, body),
    remove: async ({ caller, params }) => {
      await observables.remove(caller, params.id)
      return {}
    },
  }
}
