import type { alertApi } from '@haidang/contracts/alert-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { AlertService } from './alert-service.ts'

/** The HTTP face of alerts. */
export function alertRoutes(alerts: AlertService): Handlers<typeof alertApi> {
  return {
    list: ({ caller, query }) => alerts.list(caller, query),
    get: ({ caller, params }) => alerts.get(caller, params.id),
  }
}
