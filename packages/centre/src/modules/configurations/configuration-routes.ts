import type { stationConfigurationApi } from '@haidang/contracts/station-configuration-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ConfigurationDelivery } from './configuration-delivery.ts'
import type { ConfigurationService } from './configuration-service.ts'

export function configurationRoutes(
  configurations: ConfigurationService,
  delivery: ConfigurationDelivery,
): Handlers<typeof stationConfigurationApi> {
  return {
    current: ({ caller }) => configurations.current(caller),
    versions: ({ caller, query }) => configurations.versions(caller, query),
    publish: ({ caller, body }) => configurations.publish(caller, body.plan, body),
    restore: ({ caller, params, body }) => configurations.restore(caller, params.number, body),
    preview: ({ caller, body }) => configurations.preview(caller, body.plan),
    stations: ({ caller, query }) => delivery.stations(caller, query),
  }
}
