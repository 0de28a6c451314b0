import type { estateApi } from '@haidang/contracts/estate-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../../http/send-sheet.ts'
import type { EstateService } from './estate-service.ts'

export function estateRoutes(estate: EstateService): Handlers<typeof estateApi> {
  return {
    list: ({ caller, query }) => estate.list(caller, query),
    units: async ({ caller }) => ({ items: await estate.units(caller) }),
    place: ({ caller, params, body }) => estate.place(caller, params.id, body.unit),
    plan: ({ caller, query }) => estate.plan(caller, query),
    progress: ({ caller }) => estate.progress(caller),
    export: async ({ caller, query, http: { reply } }) =>
      sendSheet(reply, 'stations', query.format, await estate.export(caller, query)),
    exportPlan: async ({ caller, query, http: { reply } }) =>
      sendSheet(reply, 'estate-plan', query.format, await estate.exportPlan(caller, query)),
    setPlan: ({ caller, params, body }) => estate.setPlan(caller, params.id, body),
  }
}
