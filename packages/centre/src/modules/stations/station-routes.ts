import type { stationApi } from '@haidang/contracts/station-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { MonitoringService } from './monitoring-service.ts'
import type { ReleaseService } from './release-service.ts'
import type { StationService } from './station-service.ts'

export function stationRoutes(
  stations: StationService,
  releases: ReleaseService,
  monitoring: MonitoringService,
): Handlers<typeof stationApi> {
  return {
    list: ({ caller, query }) => stations.list(caller, query),
    get: ({ caller, params }) => stations.get(caller, params.id),
    gaps: ({ caller, query }) => stations.gaps(caller, query),
    release: async ({ caller, params }) => ({ items: await releases.versions(caller, params.id) }),
    monitoring: ({ caller, params }) => monitoring.get(caller, params.id),
    monitor: ({ caller, params, body }) => monitoring.ask(caller, params.id, body),
    approve: ({ caller, params }) => stations.approve(caller, params.id),
    reject: ({ caller, params, body }) => stations.reject(caller, params.id, body.reason),
    revoke: ({ caller, params, body }) => stations.revoke(caller, params.id, body.reason),
    replace: ({ caller, params, body }) => stations.replace(caller, params.id, body),
    joinCodes: ({ caller, query }) => stations.joinCodes(caller, query),
    createJoinCode: ({ caller, body }) =>
      stations.createJoinCode(caller, body.organisation_id, body.valid_minutes),
    parent: () => stations.parentLink(),
    join: ({ caller, body }) => stations.join(caller, body),
  }
}
