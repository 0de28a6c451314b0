import type { inspectionApi } from '@haidang/contracts/inspection-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { InspectionService } from './inspection-service.ts'

export function inspectionRoutes(inspections: InspectionService): Handlers<typeof inspectionApi> {
  return {
    checklist: async () => inspections.checklist,
    list: ({ caller, query }) => inspections.list(caller, query),
    get: ({ caller, params }) => inspections.get(caller, params.id),
    create: ({ caller, body: { station_id, ...draft } }) =>
      inspections.create(caller, station_id, draft),
    update: ({ caller, params, body }) => inspections.update(caller, params.id, body),
    sign: ({ caller, params, body }) => inspections.sign(caller, params.id, body.version),
    remedy: ({ caller, params, body }) => inspections.remedy(caller, params.id, body),
  }
}
