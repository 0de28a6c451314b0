import type { stationDigestApi } from '@haidang/contracts/station-digest-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { StationDigestService } from './digest-service.ts'

export function stationDigestRoutes(
  digests: StationDigestService,
): Handlers<typeof stationDigestApi> {
  return {
    stations: ({ caller, query }) => digests.stations(caller, query),
    list: ({ caller, params, query }) => digests.list(caller, params.id, query),
    settle: ({ caller, params, body }) => digests.settle(caller, params.id, body.reason),
  }
}
